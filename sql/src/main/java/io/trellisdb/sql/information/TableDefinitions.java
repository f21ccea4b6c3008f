package io.trellisdb.sql.information;

import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.ForeignKeyDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.catalog.ViewDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Descriptors as the statements that make them again. */
public final class TableDefinitions {
    private static final String INDENT = "    ";

    private TableDefinitions() {}

    /** CREATE TABLE, then a CREATE INDEX for each index that is not a constraint's. */
    public static List<String> statements(String database, ContainerDescriptor container) {
        List<String> statements = new ArrayList<>();
        statements.add(createTable(database, container));
        for (IndexDescriptor index : container.indexes()) {
            if (!index.constraint()) {
                statements.add("CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX "
                        + SqlNames.identifier(index.name()) + " ON " + qualified(database, container.name()) + " "
                        + key(container, index.columns()));
            }
        }
        return statements;
    }

    /** CREATE VIEW. */
    public static String createView(String database, ViewDescriptor view) {
        String names = view.columnNames().isEmpty() ? "" : " " + names(view.columnNames());
        return "CREATE VIEW " + qualified(database, view.name()) + names + " AS " + view.querySql();
    }

    private static String qualified(String database, String name) {
        return SqlNames.identifier(database) + "." + SqlNames.identifier(name);
    }

    private static String createTable(String database, ContainerDescriptor container) {
        List<String> elements = new ArrayList<>();
        container.columns().forEach(column -> elements.add(column(column)));
        if (container.hasPrimaryKey()) {
            elements.add("PRIMARY KEY " + key(container, container.primaryKey()));
        }
        for (IndexDescriptor index : container.indexes()) {
            if (index.constraint()) {
                elements.add("CONSTRAINT " + SqlNames.identifier(index.name()) + " UNIQUE "
                        + key(container, index.columns()));
            }
        }
        for (CheckDescriptor check : container.checks()) {
            elements.add("CONSTRAINT " + SqlNames.identifier(check.name()) + " CHECK (" + check.conditionSql() + ")");
        }
        container.foreignKeys().forEach(foreignKey -> elements.add(foreignKey(foreignKey)));
        return "CREATE TABLE " + qualified(database, container.name())
                + elements.stream().collect(Collectors.joining(",\n" + INDENT, " (\n" + INDENT, "\n)"))
                + (container.kind() == ContainerKind.TIME_SERIES ? " USING TIMESERIES" : "")
                + partitioning(container)
                + options(container);
    }

    private static String column(ColumnDescriptor column) {
        StringBuilder text = new StringBuilder(SqlNames.identifier(column.name()))
                .append(' ')
                .append(column.type());
        IdentityDescriptor identity = column.identity();
        if (identity != null) {
            text.append(" GENERATED ")
                    .append(identity.always() ? "ALWAYS" : "BY DEFAULT")
                    .append(" AS IDENTITY (START WITH ")
                    .append(identity.start())
                    .append(" INCREMENT BY ")
                    .append(identity.increment())
                    .append(')');
        }
        if (column.defaultSql() != null) {
            text.append(" DEFAULT ").append(column.defaultSql());
        }
        return text.append(column.nullable() ? "" : " NOT NULL").toString();
    }

    private static String key(ContainerDescriptor container, List<KeyColumn> columns) {
        return columns.stream()
                .map(column ->
                        SqlNames.identifier(container.column(column.columnId()).name())
                                + (column.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String names(List<String> names) {
        return names.stream().map(SqlNames::identifier).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String foreignKey(ForeignKeyDescriptor key) {
        String referenced = key.referencedColumns().isEmpty() ? "" : " " + names(key.referencedColumns());
        return "CONSTRAINT " + SqlNames.identifier(key.name()) + " FOREIGN KEY " + names(key.columns())
                + " REFERENCES " + qualified(key.referencedDatabase(), key.referencedTable()) + referenced
                + " NOT ENFORCED";
    }

    private static String partitioning(ContainerDescriptor container) {
        return container.partitioning() instanceof Partitioning.Hash hash
                ? " PARTITION BY HASH "
                        + names(hash.columnIds().stream()
                                .map(id -> container.column(id).name())
                                .toList())
                : "";
    }

    private static String options(ContainerDescriptor container) {
        return container.options().isEmpty()
                ? ""
                : new TreeMap<>(container.options())
                        .entrySet().stream()
                                .map(option -> SqlNames.identifier(option.getKey()) + " = "
                                        + SqlNames.string(option.getValue()))
                                .collect(Collectors.joining(", ", " WITH (", ")"));
    }
}
