package io.trellisdb.sql.information;

import java.util.Optional;

/** SHOW and DESCRIBE as queries over {@code information_schema}; SHOW CREATE TABLE is {@link TableDefinitions}. */
public final class ShowQueries {
    private ShowQueries() {}

    public static String tables(String database, Optional<String> pattern) {
        return "SELECT table_name, table_type, container_kind, partitioning FROM information_schema.tables"
                + " WHERE table_schema = " + SqlNames.string(database) + like("table_name", pattern)
                + " ORDER BY table_name";
    }

    public static String databases(Optional<String> pattern) {
        return "SELECT schema_name AS database_name FROM information_schema.schemata WHERE TRUE"
                + like("schema_name", pattern) + " ORDER BY schema_name";
    }

    /** SHOW COLUMNS and DESCRIBE; the caller checks that the table exists. */
    public static String columns(String database, String table) {
        return "SELECT c.column_name, c.data_type, c.is_nullable, c.column_default, c.identity_generation,"
                + " k.ordinal_position AS primary_key FROM information_schema.columns c"
                + " LEFT JOIN information_schema.indexes k ON k.table_schema = c.table_schema"
                + " AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.is_primary = 'YES'"
                + " WHERE c.table_schema = " + SqlNames.string(database) + " AND c.table_name = "
                + SqlNames.string(table) + " ORDER BY c.ordinal_position";
    }

    public static String indexes(String database, String table) {
        return "SELECT index_name, is_unique, is_primary, ordinal_position, column_name, is_descending, state"
                + " FROM information_schema.indexes WHERE table_schema = " + SqlNames.string(database)
                + " AND table_name = " + SqlNames.string(table) + " ORDER BY is_primary DESC, index_name,"
                + " ordinal_position";
    }

    public static String sessions() {
        return "SELECT session_id, user_name, application_name, client_address, database_name, connected_at, state,"
                + " statement, statement_started_at FROM information_schema.sessions ORDER BY session_id";
    }

    public static String settings() {
        return "SELECT name, value, description FROM information_schema.settings ORDER BY name";
    }

    /** One column named after the setting; the caller checks that it exists. */
    public static String setting(String name) {
        return "SELECT value AS " + SqlNames.identifier(name) + " FROM information_schema.settings WHERE name = "
                + SqlNames.string(name);
    }

    private static String like(String column, Optional<String> pattern) {
        return pattern.map(text -> " AND " + column + " LIKE " + SqlNames.string(text))
                .orElse("");
    }
}
