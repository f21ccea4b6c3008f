package io.trellisdb.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code information_schema} with JDBC's patterns and exact names. Each method is one query. */
final class CatalogQueries {
    /** One row's reading. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final TrellisConnection connection;

    CatalogQueries(TrellisConnection connection) {
        this.connection = connection;
    }

    /** The conditions of a query: pieces of SQL and their parameters. */
    static final class Conditions {
        private final StringBuilder sql = new StringBuilder();
        private final List<String> parameters = new ArrayList<>();

        private void add(String condition, String parameter) {
            sql.append(sql.isEmpty() ? " WHERE " : " AND ").append(condition);
            parameters.add(parameter);
        }

        /** A name, exactly; null means any. */
        Conditions is(String column, @Nullable String name) {
            if (name != null) {
                add(column + " = ?", name);
            }
            return this;
        }

        /** A pattern with {@code %}, {@code _} and the escape {@code \}; null means any. */
        Conditions matches(String column, @Nullable String pattern) {
            if (pattern == null || pattern.equals("%")) {
                return this;
            }
            boolean isPlain = pattern.indexOf('%') < 0 && pattern.indexOf('_') < 0 && pattern.indexOf('\\') < 0;
            add(isPlain ? column + " = ?" : column + " LIKE ? ESCAPE '\\'", pattern);
            return this;
        }
    }

    /** Runs {@code SELECT … FROM information_schema.…} with conditions and reads every row. */
    <T> List<T> read(String select, Conditions conditions, RowReader<T> reader) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select + conditions.sql)) {
            for (int i = 0; i < conditions.parameters.size(); i++) {
                statement.setString(i + 1, conditions.parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
            }
        }
        return all;
    }

    record TableRow(
            String schema,
            String name,
            String type,
            @Nullable String remarks) {}

    List<TableRow> tables(@Nullable String schemaPattern, @Nullable String namePattern) throws SQLException {
        return read(
                "SELECT table_schema, table_name, table_type, remarks FROM information_schema.tables",
                new Conditions().matches("table_schema", schemaPattern).matches("table_name", namePattern),
                row -> new TableRow(text(row, 1), text(row, 2), text(row, 3), row.getString(4)));
    }

    List<String> schemas(@Nullable String pattern) throws SQLException {
        return read(
                "SELECT schema_name FROM information_schema.schemata",
                new Conditions().matches("schema_name", pattern),
                row -> text(row, 1));
    }

    record ColumnRow(
            String schema,
            String table,
            String name,
            int position,
            String type,
            int precision,
            int scale,
            boolean isNullable,
            @Nullable String defaultValue,
            boolean isIdentity,
            boolean isGenerated) {}

    List<ColumnRow> columns(@Nullable String schemaPattern, @Nullable String tablePattern, @Nullable String namePattern)
            throws SQLException {
        return read(
                "SELECT table_schema, table_name, column_name, ordinal_position, data_type, character_maximum_length,"
                        + " numeric_precision, numeric_scale, datetime_precision, is_nullable, column_default, is_identity,"
                        + " is_generated, character_octet_length FROM information_schema.columns",
                new Conditions()
                        .matches("table_schema", schemaPattern)
                        .matches("table_name", tablePattern)
                        .matches("column_name", namePattern),
                row -> new ColumnRow(
                        text(row, 1),
                        text(row, 2),
                        text(row, 3),
                        row.getInt(4),
                        text(row, 5),
                        firstKnown(row, 6, 7, 9, 14),
                        number(row, 8),
                        isYes(row, 10),
                        row.getString(11),
                        isYes(row, 12),
                        "ALWAYS".equals(row.getString(13))));
    }

    record KeyRow(String schema, String table, String constraint, String type) {}

    /** Constraints of a type, such as {@code PRIMARY KEY}. */
    List<KeyRow> constraints(@Nullable String schema, @Nullable String table, String type) throws SQLException {
        return read(
                "SELECT table_schema, table_name, constraint_name, constraint_type FROM"
                        + " information_schema.table_constraints",
                new Conditions()
                        .is("table_schema", schema)
                        .is("table_name", table)
                        .is("constraint_type", type),
                row -> new KeyRow(text(row, 1), text(row, 2), text(row, 3), text(row, 4)));
    }

    record KeyColumnRow(String schema, String table, String constraint, String column, int position) {}

    List<KeyColumnRow> keyColumns(@Nullable String schema, @Nullable String table) throws SQLException {
        return read(
                "SELECT table_schema, table_name, constraint_name, column_name, ordinal_position FROM"
                        + " information_schema.key_column_usage",
                new Conditions().is("table_schema", schema).is("table_name", table),
                row -> new KeyColumnRow(text(row, 1), text(row, 2), text(row, 3), text(row, 4), row.getInt(5)));
    }

    record ReferenceRow(
            String schema,
            String constraint,
            @Nullable String uniqueConstraint,
            String updateRule,
            String deleteRule,
            String referencedSchema,
            String referencedTable,
            String referencedColumns) {}

    List<ReferenceRow> references(@Nullable String schema) throws SQLException {
        return read(
                "SELECT constraint_schema, constraint_name, unique_constraint_name, update_rule, delete_rule,"
                        + " referenced_table_schema, referenced_table_name, referenced_column_names FROM"
                        + " information_schema.referential_constraints",
                new Conditions().is("constraint_schema", schema),
                row -> new ReferenceRow(
                        text(row, 1),
                        text(row, 2),
                        row.getString(3),
                        text(row, 4),
                        text(row, 5),
                        text(row, 6),
                        text(row, 7),
                        text(row, 8)));
    }

    record IndexRow(
            String schema,
            String table,
            String index,
            boolean isUnique,
            int position,
            String column,
            boolean isDescending) {}

    List<IndexRow> indexes(@Nullable String schema, @Nullable String table) throws SQLException {
        return read(
                "SELECT table_schema, table_name, index_name, is_unique, ordinal_position, column_name, is_descending FROM"
                        + " information_schema.indexes",
                new Conditions().is("table_schema", schema).is("table_name", table),
                row -> new IndexRow(
                        text(row, 1),
                        text(row, 2),
                        text(row, 3),
                        isYes(row, 4),
                        row.getInt(5),
                        text(row, 6),
                        isYes(row, 7)));
    }

    private static String text(ResultSet row, int position) throws SQLException {
        String value = row.getString(position);
        return value == null ? "" : value;
    }

    private static boolean isYes(ResultSet row, int position) throws SQLException {
        String value = text(row, position);
        return value.equalsIgnoreCase("YES") || value.equalsIgnoreCase("true");
    }

    /** -1 for NULL. */
    private static int number(ResultSet row, int position) throws SQLException {
        int value = row.getInt(position);
        return row.wasNull() ? -1 : value;
    }

    private static int firstKnown(ResultSet row, int... positions) throws SQLException {
        for (int position : positions) {
            int value = number(row, position);
            if (value >= 0) {
                return value;
            }
        }
        return -1;
    }
}
