package io.trellisdb.sql.information;

import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The virtual database that describes all others. */
public final class InformationSchema {
    public static final String NAME = DatabaseDescriptor.INFORMATION_SCHEMA;

    /** Not part of any catalog image. */
    public static final DatabaseDescriptor DATABASE = new DatabaseDescriptor(-1, NAME);

    private static final Map<String, SystemTable> TABLES = tables();

    private InformationSchema() {}

    public static Optional<SystemTable> find(String name) {
        return Optional.ofNullable(TABLES.get(name));
    }

    /** The names of all tables, ordered. */
    public static Set<String> names() {
        return TABLES.keySet();
    }

    private static Map<String, SystemTable> tables() {
        Map<String, SystemTable> tables = new TreeMap<>();
        define(tables, "schemata", "catalog_name! schema_name! schema_owner");
        define(
                tables,
                "tables",
                "table_catalog! table_schema! table_name! table_type! container_kind partitioning is_insertable_into!"
                        + " remarks");
        define(
                tables,
                "columns",
                "table_catalog! table_schema! table_name! column_name! ordinal_position# column_default is_nullable!"
                        + " data_type! character_maximum_length# character_octet_length# numeric_precision#"
                        + " numeric_precision_radix# numeric_scale# datetime_precision# is_identity! identity_generation"
                        + " identity_start identity_increment is_generated! is_updatable!");
        define(
                tables,
                "table_constraints",
                "constraint_catalog! constraint_schema! constraint_name! table_catalog! table_schema! table_name!"
                        + " constraint_type! is_deferrable! initially_deferred! enforced!");
        define(
                tables,
                "key_column_usage",
                "constraint_catalog! constraint_schema! constraint_name! table_catalog! table_schema! table_name!"
                        + " column_name! ordinal_position# position_in_unique_constraint#");
        define(
                tables,
                "referential_constraints",
                "constraint_catalog! constraint_schema! constraint_name! unique_constraint_catalog"
                        + " unique_constraint_schema unique_constraint_name match_option! update_rule! delete_rule!"
                        + " referenced_table_schema! referenced_table_name! referenced_column_names!");
        define(
                tables,
                "check_constraints",
                "constraint_catalog! constraint_schema! constraint_name! table_name! check_clause!");
        define(
                tables,
                "views",
                "table_catalog! table_schema! table_name! view_definition! check_option! is_updatable!");
        define(
                tables,
                "indexes",
                "table_catalog! table_schema! table_name! index_name! is_unique! ordinal_position# column_name!"
                        + " is_descending! is_primary! is_constraint! state!");
        define(tables, "settings", "name! value! description!");
        defineSessions(tables);
        return java.util.Collections.unmodifiableMap(tables);
    }

    /** Columns are VARCHAR, or INTEGER with {@code #}; {@code !} marks NOT NULL. */
    private static void define(Map<String, SystemTable> tables, String name, String columns) {
        List<OutputColumn> all = new ArrayList<>();
        for (String column : columns.split(" ")) {
            boolean integer = column.endsWith("#");
            boolean required = column.endsWith("!");
            String plain = integer || required ? column.substring(0, column.length() - 1) : column;
            all.add(new OutputColumn(plain, integer ? DataType.INTEGER : DataType.VARCHAR, !required));
        }
        tables.put(name, new SystemTable(name, all));
    }

    private static void defineSessions(Map<String, SystemTable> tables) {
        DataType moment = DataType.timestampLtz(6);
        tables.put(
                "sessions",
                new SystemTable(
                        "sessions",
                        List.of(
                                new OutputColumn("session_id", DataType.BIGINT, false),
                                new OutputColumn("user_name", DataType.VARCHAR, false),
                                new OutputColumn("application_name", DataType.VARCHAR, false),
                                new OutputColumn("client_address", DataType.VARCHAR, false),
                                new OutputColumn("database_name", DataType.VARCHAR, false),
                                new OutputColumn("connected_at", moment, false),
                                new OutputColumn("state", DataType.VARCHAR, false),
                                new OutputColumn("statement", DataType.VARCHAR, true),
                                new OutputColumn("statement_started_at", moment, true))));
    }
}
