package io.trellisdb.sql.information;

import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.catalog.ForeignKeyDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows about keys, constraints and indexes of one catalog image. A primary key is named after its table. */
final class ConstraintRows {
    private final CatalogRows catalog;
    private final String cluster;

    ConstraintRows(CatalogRows catalog) {
        this.catalog = catalog;
        this.cluster = catalog.cluster();
    }

    /** The name that a primary key has, since it is never given one. */
    static String primaryKeyName(ContainerDescriptor container) {
        return container.name() + "_pkey";
    }

    private interface Visitor {
        void visit(String database, ContainerDescriptor container, List<Object[]> rows);
    }

    private List<Object[]> collect(Visitor visitor) {
        List<Object[]> rows = new ArrayList<>();
        for (DatabaseDescriptor database : catalog.catalog().databases()) {
            for (ContainerDescriptor container : catalog.catalog().containers(database.id())) {
                visitor.visit(database.name(), container, rows);
            }
        }
        return rows;
    }

    private static Object[] row(@Nullable Object... values) {
        return values;
    }

    List<Object[]> tableConstraints() {
        return collect((database, container, rows) -> {
            if (container.hasPrimaryKey()) {
                rows.add(constraint(database, container, primaryKeyName(container), "PRIMARY KEY", true));
            }
            for (IndexDescriptor index : container.indexes()) {
                if (index.constraint()) {
                    rows.add(constraint(database, container, index.name(), "UNIQUE", true));
                }
            }
            for (CheckDescriptor check : container.checks()) {
                rows.add(constraint(database, container, check.name(), "CHECK", true));
            }
            for (ForeignKeyDescriptor key : container.foreignKeys()) {
                rows.add(constraint(database, container, key.name(), "FOREIGN KEY", false));
            }
        });
    }

    private Object[] constraint(
            String database, ContainerDescriptor container, String name, String type, boolean enforced) {
        return row(
                cluster,
                database,
                name,
                cluster,
                database,
                container.name(),
                type,
                "NO",
                "NO",
                CatalogRows.yesOrNo(enforced));
    }

    List<Object[]> keyColumnUsage() {
        return collect((database, container, rows) -> {
            addKey(rows, database, container, primaryKeyName(container), container.primaryKey());
            for (IndexDescriptor index : container.indexes()) {
                if (index.constraint()) {
                    addKey(rows, database, container, index.name(), index.columns());
                }
            }
            for (ForeignKeyDescriptor key : container.foreignKeys()) {
                for (int i = 0; i < key.columns().size(); i++) {
                    rows.add(row(
                            cluster,
                            database,
                            key.name(),
                            cluster,
                            database,
                            container.name(),
                            key.columns().get(i),
                            i + 1,
                            i + 1));
                }
            }
        });
    }

    private void addKey(
            List<Object[]> rows, String database, ContainerDescriptor container, String name, List<KeyColumn> columns) {
        int position = 0;
        for (KeyColumn column : columns) {
            String columnName = container.column(column.columnId()).name();
            rows.add(row(cluster, database, name, cluster, database, container.name(), columnName, ++position, null));
        }
    }

    List<Object[]> referentialConstraints() {
        return collect((database, container, rows) -> {
            for (ForeignKeyDescriptor key : container.foreignKeys()) {
                Optional<String> unique = catalog.catalog()
                        .findDatabase(key.referencedDatabase())
                        .flatMap(in -> catalog.catalog().findContainer(in.id(), key.referencedTable()))
                        .filter(ContainerDescriptor::hasPrimaryKey)
                        .map(ConstraintRows::primaryKeyName);
                rows.add(row(
                        cluster,
                        database,
                        key.name(),
                        cluster,
                        key.referencedDatabase(),
                        unique.orElse(null),
                        "NONE",
                        "NO ACTION",
                        "NO ACTION",
                        key.referencedDatabase(),
                        key.referencedTable(),
                        String.join(", ", key.referencedColumns())));
            }
        });
    }

    List<Object[]> checkConstraints() {
        return collect((database, container, rows) -> {
            for (CheckDescriptor check : container.checks()) {
                rows.add(row(cluster, database, check.name(), container.name(), check.conditionSql()));
            }
        });
    }

    List<Object[]> indexes() {
        return collect((database, container, rows) -> {
            if (container.hasPrimaryKey()) {
                addIndex(rows, database, container, primaryKeyName(container), container.primaryKey(), null);
            }
            for (IndexDescriptor index : container.indexes()) {
                addIndex(rows, database, container, index.name(), index.columns(), index);
            }
        });
    }

    /** @param index null for the primary key */
    private void addIndex(
            List<Object[]> rows,
            String database,
            ContainerDescriptor container,
            String name,
            List<KeyColumn> columns,
            @Nullable IndexDescriptor index) {
        int position = 0;
        for (KeyColumn column : columns) {
            rows.add(row(
                    cluster,
                    database,
                    container.name(),
                    name,
                    CatalogRows.yesOrNo(index == null || index.unique()),
                    ++position,
                    container.column(column.columnId()).name(),
                    CatalogRows.yesOrNo(column.descending()),
                    CatalogRows.yesOrNo(index == null),
                    CatalogRows.yesOrNo(index == null || index.constraint()),
                    index == null
                            ? IndexDescriptor.State.PUBLIC.name()
                            : index.state().name()));
        }
    }
}
