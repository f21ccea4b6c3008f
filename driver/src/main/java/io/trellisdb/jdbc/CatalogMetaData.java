package io.trellisdb.jdbc;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.jdbc.CatalogQueries.ColumnRow;
import io.trellisdb.jdbc.CatalogQueries.IndexRow;
import io.trellisdb.jdbc.CatalogQueries.KeyColumnRow;
import io.trellisdb.jdbc.CatalogQueries.KeyRow;
import io.trellisdb.jdbc.CatalogQueries.TableRow;
import io.trellisdb.jdbc.value.SqlTypes;
import io.trellisdb.jdbc.value.TypeSpelling;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Schemas, tables, columns, keys and indexes as JDBC's results, read from {@code information_schema}. */
abstract class CatalogMetaData extends EmptyMetaData {
    static final String TABLE = "TABLE";
    static final String VIEW = "VIEW";
    static final String SYSTEM_TABLE = "SYSTEM TABLE";

    private static final String INFORMATION_SCHEMA = "information_schema";

    private final TrellisConnection connection;
    private final CatalogQueries queries;

    CatalogMetaData(TrellisConnection connection) {
        super(connection);
        this.connection = connection;
        this.queries = new CatalogQueries(connection);
    }

    /** Whether a search for a catalog can find anything: there is one, and empty names what lies in none. */
    private boolean isOtherCatalog(@Nullable String catalog) throws SQLException {
        return catalog != null && !catalog.equals(connection.getCatalog());
    }

    @Override
    public final ResultSet getCatalogs() throws SQLException {
        return new MetaRows("TABLE_CAT").add(connection.getCatalog()).toResultSet(connection);
    }

    @Override
    public final ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public final ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern) throws SQLException {
        MetaRows rows = new MetaRows("TABLE_SCHEM", "TABLE_CATALOG");
        if (!isOtherCatalog(catalog)) {
            for (String schema : queries.schemas(pattern)) {
                rows.add(schema, connection.getCatalog());
            }
        }
        return rows.sortBy(1, 0).toResultSet(connection);
    }

    @Override
    public final ResultSet getTables(
            @Nullable String catalog, @Nullable String schema, @Nullable String name, String @Nullable [] types)
            throws SQLException {
        MetaRows rows = new MetaRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE",
                "REMARKS",
                "TYPE_CAT",
                "TYPE_SCHEM",
                "TYPE_NAME",
                "SELF_REFERENCING_COL_NAME",
                "REF_GENERATION");
        if (!isOtherCatalog(catalog)) {
            Set<String> wanted = types == null ? Set.of() : new TreeSet<>(Arrays.asList(types));
            for (TableRow table : queries.tables(schema, name)) {
                String type = tableType(table);
                if (types == null || wanted.contains(type)) {
                    rows.add(
                            connection.getCatalog(),
                            table.schema(),
                            table.name(),
                            type,
                            table.remarks(),
                            null,
                            null,
                            null,
                            null,
                            null);
                }
            }
        }
        return rows.sortBy(3, 0, 1, 2).toResultSet(connection);
    }

    private static String tableType(TableRow table) {
        if (table.schema().equals(INFORMATION_SCHEMA)) {
            return SYSTEM_TABLE;
        }
        return table.type().equals(VIEW) ? VIEW : TABLE;
    }

    @Override
    public final ResultSet getColumns(
            @Nullable String catalog, @Nullable String schema, @Nullable String table, @Nullable String name)
            throws SQLException {
        MetaRows rows = new MetaRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "COLUMN_NAME",
                "DATA_TYPE#",
                "TYPE_NAME",
                "COLUMN_SIZE#",
                "BUFFER_LENGTH#",
                "DECIMAL_DIGITS#",
                "NUM_PREC_RADIX#",
                "NULLABLE#",
                "REMARKS",
                "COLUMN_DEF",
                "SQL_DATA_TYPE#",
                "SQL_DATETIME_SUB#",
                "CHAR_OCTET_LENGTH#",
                "ORDINAL_POSITION#",
                "IS_NULLABLE",
                "SCOPE_CATALOG",
                "SCOPE_SCHEMA",
                "SCOPE_TABLE",
                "SOURCE_DATA_TYPE#",
                "IS_AUTOINCREMENT",
                "IS_GENERATEDCOLUMN");
        if (!isOtherCatalog(catalog)) {
            for (ColumnRow column : queries.columns(schema, table, name)) {
                addColumn(rows, column);
            }
        }
        return rows.sortBy(0, 1, 2, 16).toResultSet(connection);
    }

    private void addColumn(MetaRows rows, ColumnRow column) throws SQLException {
        DataType type = TypeSpelling.parse(column.type(), column.precision(), column.scale());
        TypeKind kind = type.kind();
        boolean hasScale = kind == TypeKind.DECIMAL || kind == TypeKind.TIME || kind.isTimestamp();
        rows.add(
                connection.getCatalog(),
                column.schema(),
                column.table(),
                column.name(),
                SqlTypes.code(type),
                SqlTypes.name(type),
                SqlTypes.precision(type),
                null,
                hasScale || kind.isInteger() ? SqlTypes.scale(type) : null,
                kind.isNumeric() ? 10 : null,
                column.isNullable() ? columnNullable : columnNoNulls,
                null,
                column.defaultValue(),
                null,
                null,
                kind.isString() ? SqlTypes.precision(type) : null,
                column.position(),
                column.isNullable() ? "YES" : "NO",
                null,
                null,
                null,
                null,
                column.isIdentity() ? "YES" : "NO",
                column.isGenerated() ? "YES" : "NO");
    }

    @Override
    public final ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        MetaRows rows = new MetaRows("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ#", "PK_NAME");
        if (!isOtherCatalog(catalog)) {
            List<KeyRow> keys = queries.constraints(schema, table, "PRIMARY KEY");
            for (KeyColumnRow column : keys.isEmpty() ? List.<KeyColumnRow>of() : queries.keyColumns(schema, table)) {
                if (keys.stream().anyMatch(key -> isOf(column, key))) {
                    rows.add(
                            connection.getCatalog(),
                            column.schema(),
                            column.table(),
                            column.column(),
                            column.position(),
                            column.constraint());
                }
            }
        }
        return rows.sortBy(3).toResultSet(connection);
    }

    private static boolean isOf(KeyColumnRow column, KeyRow key) {
        return column.constraint().equals(key.constraint())
                && column.table().equals(key.table())
                && column.schema().equals(key.schema());
    }

    @Override
    public final ResultSet getBestRowIdentifier(
            @Nullable String catalog, @Nullable String schema, @Nullable String table, int scope, boolean nullable)
            throws SQLException {
        MetaRows rows = new MetaRows(
                "SCOPE#",
                "COLUMN_NAME",
                "DATA_TYPE#",
                "TYPE_NAME",
                "COLUMN_SIZE#",
                "BUFFER_LENGTH#",
                "DECIMAL_DIGITS#",
                "PSEUDO_COLUMN#");
        if (!isOtherCatalog(catalog)) {
            List<KeyRow> keys = queries.constraints(schema, table, "PRIMARY KEY");
            List<KeyColumnRow> keyColumns = keys.isEmpty() ? List.of() : queries.keyColumns(schema, table);
            for (KeyRow key : keys) {
                for (ColumnRow column : queries.columns(exactly(key.schema()), exactly(key.table()), null)) {
                    boolean isKey = keyColumns.stream()
                            .anyMatch(k -> isOf(k, key) && k.column().equals(column.name()));
                    if (isKey) {
                        DataType type = TypeSpelling.parse(column.type(), column.precision(), column.scale());
                        rows.add(
                                bestRowSession,
                                column.name(),
                                SqlTypes.code(type),
                                SqlTypes.name(type),
                                SqlTypes.precision(type),
                                null,
                                SqlTypes.scale(type),
                                bestRowNotPseudo);
                    }
                }
            }
        }
        return rows.toResultSet(connection);
    }

    /** A name as a pattern that matches nothing else. */
    private static String exactly(String name) {
        return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    @Override
    public final ResultSet getIndexInfo(
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            boolean unique,
            boolean approximate)
            throws SQLException {
        MetaRows rows = new MetaRows(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "NON_UNIQUE?",
                "INDEX_QUALIFIER",
                "INDEX_NAME",
                "TYPE#",
                "ORDINAL_POSITION#",
                "COLUMN_NAME",
                "ASC_OR_DESC",
                "CARDINALITY#",
                "PAGES#",
                "FILTER_CONDITION");
        if (!isOtherCatalog(catalog)) {
            for (IndexRow index : queries.indexes(schema, table)) {
                if (!unique || index.isUnique()) {
                    rows.add(
                            connection.getCatalog(),
                            index.schema(),
                            index.table(),
                            !index.isUnique(),
                            null,
                            index.index(),
                            (int) tableIndexOther,
                            index.position(),
                            index.column(),
                            index.isDescending() ? "D" : "A",
                            0,
                            0,
                            null);
                }
            }
        }
        return rows.sortBy(3, 6, 5, 7).toResultSet(connection);
    }

    @Override
    public final ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        ForeignKeys keys = new ForeignKeys(connection, queries);
        if (!isOtherCatalog(catalog)) {
            keys.addOf(schema, table, null, null);
        }
        return keys.toResultSet(false);
    }

    @Override
    public final ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, @Nullable String table)
            throws SQLException {
        ForeignKeys keys = new ForeignKeys(connection, queries);
        if (!isOtherCatalog(catalog)) {
            keys.addOf(null, null, schema, table);
        }
        return keys.toResultSet(true);
    }

    @Override
    public final ResultSet getCrossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            @Nullable String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            @Nullable String foreignTable)
            throws SQLException {
        ForeignKeys keys = new ForeignKeys(connection, queries);
        if (!isOtherCatalog(parentCatalog) && !isOtherCatalog(foreignCatalog)) {
            keys.addOf(foreignSchema, foreignTable, parentSchema, parentTable);
        }
        return keys.toResultSet(true);
    }
}
