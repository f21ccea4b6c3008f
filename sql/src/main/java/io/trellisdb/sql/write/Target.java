package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.codec.RoutingHash;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.RowKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container as its changes need it, worked out once per plan. Immutable. */
final class Target {
    private final ContainerDescriptor container;
    private final @Nullable KeyCodec keyCodec;
    private final int[] keyColumns;
    private final int[] partitionColumns;
    private final List<UniqueKey> uniqueKeys;
    private final List<Integer> columnIds;
    private final List<DataType> types;

    Target(ContainerDescriptor container) {
        this.container = container;
        this.keyCodec = container.hasPrimaryKey() ? RowKeys.codec(container) : null;
        this.keyColumns = container.primaryKeyIndexes();
        this.partitionColumns = container.partitioning() instanceof Partitioning.Hash hash
                ? hash.columnIds().stream().mapToInt(container::columnIndex).toArray()
                : new int[0];
        this.uniqueKeys = uniqueKeys(container);
        this.columnIds = container.columns().stream().map(ColumnDescriptor::id).toList();
        this.types = container.columns().stream().map(ColumnDescriptor::type).toList();
    }

    private static List<UniqueKey> uniqueKeys(ContainerDescriptor container) {
        List<UniqueKey> keys = new ArrayList<>();
        for (IndexDescriptor index : container.indexes()) {
            if (index.unique() && index.state() != IndexDescriptor.State.FAILED) {
                List<KeyCodec.KeyPart> parts = new ArrayList<>();
                for (KeyColumn column : index.columns()) {
                    parts.add(new KeyCodec.KeyPart(
                            container.column(column.columnId()).type(), column.descending()));
                }
                int[] columns = index.columns().stream()
                        .mapToInt(column -> container.columnIndex(column.columnId()))
                        .toArray();
                keys.add(new UniqueKey(index.id(), index.name(), new KeyCodec(parts), columns));
            }
        }
        return List.copyOf(keys);
    }

    ContainerDescriptor container() {
        return container;
    }

    long id() {
        return container.id();
    }

    int version() {
        return container.version();
    }

    boolean hasKey() {
        return keyCodec != null;
    }

    int[] keyColumns() {
        return keyColumns;
    }

    int[] partitionColumns() {
        return partitionColumns;
    }

    List<UniqueKey> uniqueKeys() {
        return uniqueKeys;
    }

    List<Integer> columnIds() {
        return columnIds;
    }

    List<DataType> types() {
        return types;
    }

    int width() {
        return types.size();
    }

    /** The keys of rows of a container with a primary key. */
    List<byte[]> keys(Batch rows) {
        KeyCodec codec = keyCodec;
        if (codec == null) {
            throw new IllegalStateException("container has no primary key: " + container.name());
        }
        byte[][] keys = new byte[rows.rowCount()][];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = codec.encode(rows, keyColumns, row);
        }
        return Arrays.asList(keys);
    }

    /** The partition of each row, or null when all are in {@link #onlyPartition}. */
    int @Nullable [] partitions(Batch rows, int partitionCount) {
        return partitionColumns.length == 0 ? null : RoutingHash.partitions(rows, partitionColumns, partitionCount);
    }

    /** The partition of a container that is not partitioned. */
    int onlyPartition() {
        if (container.partitioning() instanceof Partitioning.Whole whole) {
            return whole.partition();
        }
        throw new IllegalStateException("container is partitioned: " + container.name());
    }

    /** Every partition that may have rows. */
    int[] allPartitions(int partitionCount) {
        if (container.partitioning() instanceof Partitioning.Whole whole) {
            return new int[] {whole.partition()};
        }
        int[] all = new int[partitionCount];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** {@code (a, b) = (1, x)}, for messages. */
    String describe(int[] columns, Batch rows, int row) {
        StringBuilder names = new StringBuilder("(");
        StringBuilder values = new StringBuilder("(");
        for (int i = 0; i < columns.length; i++) {
            names.append(i == 0 ? "" : ", ")
                    .append(container.columns().get(columns[i]).name());
            values.append(i == 0 ? "" : ", ").append(rows.column(columns[i]).value(row));
        }
        return names + ") = " + values + ")";
    }
}
