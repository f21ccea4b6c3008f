package io.trellisdb.jdbc;

import io.trellisdb.jdbc.CatalogQueries.KeyColumnRow;
import io.trellisdb.jdbc.CatalogQueries.KeyRow;
import io.trellisdb.jdbc.CatalogQueries.ReferenceRow;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Foreign keys as JDBC's three results list them. Confined to one thread. */
final class ForeignKeys {
    private final TrellisConnection connection;
    private final CatalogQueries queries;
    private final MetaRows rows = new MetaRows(
            "PKTABLE_CAT",
            "PKTABLE_SCHEM",
            "PKTABLE_NAME",
            "PKCOLUMN_NAME",
            "FKTABLE_CAT",
            "FKTABLE_SCHEM",
            "FKTABLE_NAME",
            "FKCOLUMN_NAME",
            "KEY_SEQ#",
            "UPDATE_RULE#",
            "DELETE_RULE#",
            "FK_NAME",
            "PK_NAME",
            "DEFERRABILITY#");

    ForeignKeys(TrellisConnection connection, CatalogQueries queries) {
        this.connection = connection;
        this.queries = queries;
    }

    /** Adds the keys of a table that refer to a parent; null stands for any. */
    void addOf(
            @Nullable String schema,
            @Nullable String table,
            @Nullable String parentSchema,
            @Nullable String parentTable)
            throws SQLException {
        List<KeyRow> keys = queries.constraints(schema, table, "FOREIGN KEY");
        if (keys.isEmpty()) {
            return;
        }
        List<KeyColumnRow> columns = queries.keyColumns(schema, table);
        List<ReferenceRow> references = queries.references(schema);
        for (KeyRow key : keys) {
            for (ReferenceRow reference : references) {
                boolean isKeys = reference.schema().equals(key.schema())
                        && reference.constraint().equals(key.constraint());
                boolean isWanted = (parentSchema == null || parentSchema.equals(reference.referencedSchema()))
                        && (parentTable == null || parentTable.equals(reference.referencedTable()));
                if (isKeys && isWanted) {
                    add(key, reference, columns);
                }
            }
        }
    }

    private void add(KeyRow key, ReferenceRow reference, List<KeyColumnRow> columns) throws SQLException {
        String[] parentColumns = reference.referencedColumns().split(",");
        List<KeyColumnRow> own = columns.stream()
                .filter(c -> c.constraint().equals(key.constraint())
                        && c.table().equals(key.table())
                        && c.schema().equals(key.schema()))
                .sorted(Comparator.comparingInt(KeyColumnRow::position))
                .toList();
        for (int i = 0; i < own.size(); i++) {
            rows.add(
                    connection.getCatalog(),
                    reference.referencedSchema(),
                    reference.referencedTable(),
                    i < parentColumns.length ? parentColumns[i].strip() : "",
                    connection.getCatalog(),
                    key.schema(),
                    key.table(),
                    own.get(i).column(),
                    i + 1,
                    rule(reference.updateRule()),
                    rule(reference.deleteRule()),
                    key.constraint(),
                    reference.uniqueConstraint(),
                    DatabaseMetaData.importedKeyNotDeferrable);
        }
    }

    private static int rule(String rule) {
        return switch (rule) {
            case "CASCADE" -> DatabaseMetaData.importedKeyCascade;
            case "SET NULL" -> DatabaseMetaData.importedKeySetNull;
            case "SET DEFAULT" -> DatabaseMetaData.importedKeySetDefault;
            case "RESTRICT" -> DatabaseMetaData.importedKeyRestrict;
            default -> DatabaseMetaData.importedKeyNoAction;
        };
    }

    /** Ordered by the foreign table, or by the parent's. */
    ResultSet toResultSet(boolean byForeignTable) throws SQLException {
        return (byForeignTable ? rows.sortBy(4, 5, 6, 11, 8) : rows.sortBy(0, 1, 2, 11, 8)).toResultSet(connection);
    }
}
