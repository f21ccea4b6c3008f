package io.trellisdb.common.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A table as storage and planning see it.
 *
 * @param id never reused
 * @param version grows by one with every change of this container; every stored row and operation names it
 * @param primaryKey empty for a collection whose rows have a hidden row id
 * @param options the WITH options as given, validated by {@code sql}
 * @param nextColumnId the id that the next added column gets
 */
public record ContainerDescriptor(
        long id,
        int version,
        long databaseId,
        String name,
        ContainerKind kind,
        List<ColumnDescriptor> columns,
        List<KeyColumn> primaryKey,
        List<IndexDescriptor> indexes,
        List<CheckDescriptor> checks,
        List<ForeignKeyDescriptor> foreignKeys,
        Partitioning partitioning,
        Map<String, String> options,
        int nextColumnId) {
    public static final int MAX_COLUMNS = 1024;
    public static final int MAX_KEY_COLUMNS = 16;
    public static final int MAX_NAME_LENGTH = 128;

    public ContainerDescriptor {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(partitioning, "partitioning is null");
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        indexes = List.copyOf(indexes);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
        options = Map.copyOf(options);
        if (columns.isEmpty() || columns.size() > MAX_COLUMNS || primaryKey.size() > MAX_KEY_COLUMNS) {
            throw new IllegalArgumentException("container has too few or too many columns: " + name);
        }
        if (kind == ContainerKind.TIME_SERIES && primaryKey.isEmpty()) {
            throw new IllegalArgumentException("time series without primary key: " + name);
        }
    }

    public boolean hasPrimaryKey() {
        return !primaryKey.isEmpty();
    }

    /** The position of a column in {@link #columns}, or -1. */
    public int columnIndex(int columnId) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).id() == columnId) {
                return i;
            }
        }
        return -1;
    }

    /** The position of a column in {@link #columns}, or -1; names are compared exactly. */
    public int columnIndex(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        return -1;
    }

    public Optional<ColumnDescriptor> findColumn(String columnName) {
        int index = columnIndex(columnName);
        return index < 0 ? Optional.empty() : Optional.of(columns.get(index));
    }

    /** The column of an id that must exist. */
    public ColumnDescriptor column(int columnId) {
        int index = columnIndex(columnId);
        if (index < 0) {
            throw new IllegalStateException("no column with id " + columnId + " in " + name);
        }
        return columns.get(index);
    }

    /** The positions in {@link #columns} of the primary key's columns, in key order. */
    public int[] primaryKeyIndexes() {
        return primaryKey.stream().mapToInt(k -> columnIndex(k.columnId())).toArray();
    }

    public Optional<IndexDescriptor> findIndex(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    public Builder change() {
        return new Builder(this);
    }

    /** Makes the next version of a container; confined to one thread. */
    public static final class Builder {
        private final ContainerDescriptor from;
        private String name;
        private List<ColumnDescriptor> columns;
        private List<IndexDescriptor> indexes;
        private List<CheckDescriptor> checks;
        private Map<String, String> options;
        private int nextColumnId;

        private Builder(ContainerDescriptor from) {
            this.from = from;
            this.name = from.name;
            this.columns = new ArrayList<>(from.columns);
            this.indexes = new ArrayList<>(from.indexes);
            this.checks = from.checks;
            this.options = from.options;
            this.nextColumnId = from.nextColumnId;
        }

        public Builder name(String newName) {
            this.name = newName;
            return this;
        }

        /** Replaces all columns; {@code newNextColumnId} must be above every id in use. */
        public Builder columns(List<ColumnDescriptor> newColumns, int newNextColumnId) {
            this.columns = newColumns;
            this.nextColumnId = newNextColumnId;
            return this;
        }

        public Builder indexes(List<IndexDescriptor> newIndexes) {
            this.indexes = newIndexes;
            return this;
        }

        public Builder checks(List<CheckDescriptor> newChecks) {
            this.checks = newChecks;
            return this;
        }

        public Builder options(Map<String, String> newOptions) {
            this.options = newOptions;
            return this;
        }

        /** The changed descriptor with the version raised by one. */
        public ContainerDescriptor build() {
            return new ContainerDescriptor(
                    from.id,
                    from.version + 1,
                    from.databaseId,
                    name,
                    from.kind,
                    columns,
                    from.primaryKey,
                    indexes,
                    checks,
                    from.foreignKeys,
                    from.partitioning,
                    options,
                    nextColumnId);
        }
    }
}
