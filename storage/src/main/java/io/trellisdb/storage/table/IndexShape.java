package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.codec.KeyCodec;
import java.util.List;

/** An index of one container version: where its entries lie and how their keys are made. Immutable. */
final class IndexShape {
    private final IndexDescriptor descriptor;
    private final int slot;
    private final KeyCodec codec;
    private final List<Integer> columnIds;

    IndexShape(ContainerDescriptor container, IndexDescriptor descriptor, int slot, State state) {
        this.descriptor = descriptor.in(state);
        this.slot = slot;
        this.codec = new KeyCodec(descriptor.columns().stream()
                .map(key ->
                        new KeyCodec.KeyPart(container.column(key.columnId()).type(), key.descending()))
                .toList());
        this.columnIds = descriptor.columns().stream().map(KeyColumn::columnId).toList();
    }

    long id() {
        return descriptor.id();
    }

    String name() {
        return descriptor.name();
    }

    boolean isUnique() {
        return descriptor.unique();
    }

    State state() {
        return descriptor.state();
    }

    int slot() {
        return slot;
    }

    KeyCodec codec() {
        return codec;
    }

    /** The ids of the indexed columns, in key order. */
    List<Integer> columnIds() {
        return columnIds;
    }

    /** Where the row key begins in an entry's key. */
    int rowKeyStart(byte[] entryKey) {
        return codec.skip(entryKey, Slots.LENGTH, columnIds.size());
    }

    /** The indexed columns of a batch that holds all columns of a version of the container. */
    ColumnVector[] columnsOf(ContainerDescriptor version, ContainerDescriptor current, Batch rows) {
        ColumnVector[] vectors = new ColumnVector[columnIds.size()];
        for (int i = 0; i < vectors.length; i++) {
            int position = version.columnIndex(columnIds.get(i));
            ColumnDescriptor column = current.column(columnIds.get(i));
            vectors[i] = position < 0
                    ? Vectors.constant(column.type(), column.absentValue(), rows.rowCount())
                    : rows.column(position);
        }
        return vectors;
    }

    /** Whether a row has a NULL in the key, and so is not compared by UNIQUE. */
    static boolean hasNull(ColumnVector[] vectors, int row) {
        for (ColumnVector vector : vectors) {
            if (vector.isNull(row)) {
                return true;
            }
        }
        return false;
    }
}
