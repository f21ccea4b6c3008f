package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.keyspace.Round;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and deletes rows with their index entries. Confined to the partition's writer thread. */
final class RowWriter {
    private static final int NEW_ROW = -1;

    private final PartitionState partition;
    private final ByteWriter rowBytes = new ByteWriter();
    private final ByteWriter newKey = new ByteWriter();
    private final ByteWriter oldKey = new ByteWriter();

    RowWriter(PartitionState partition) {
        this.partition = partition;
    }

    void put(Round round, ContainerState container, Operation.PutRows put) {
        Shape shape = container.shape();
        RowVersion version = shape.require(put.schemaVersion());
        if (shape.hasIndexes()) {
            putIndexed(round, container, version, put);
        } else {
            putPlain(round, container, version, put);
        }
    }

    private void putPlain(Round round, ContainerState container, RowVersion version, Operation.PutRows put) {
        int slot = container.shape().rowSlot();
        long added = 0;
        for (int row = 0; row < put.rows().rowCount(); row++) {
            byte[] key = Slots.key(slot, put.rowKeys().get(row));
            added += round.put(partition.rows(), key, encode(version, put.rows(), row)) ? 1 : 0;
        }
        container.rows(container.rows() + added);
    }

    private byte[] encode(RowVersion version, Batch rows, int row) {
        rowBytes.reset();
        version.codec().encode(rowBytes, rows, version.batchColumns(), row);
        return rowBytes.toByteArray();
    }

    /**
     * First all rows, remembering the indexed columns of those that were replaced, then the entries of one index after the
     * other. A key that comes twice replaces its own first row.
     */
    private void putIndexed(Round round, ContainerState container, RowVersion version, Operation.PutRows put) {
        Shape shape = container.shape();
        Batch rows = put.rows();
        int[] replaced = new int[rows.rowCount()];
        RowDecoder old = new RowDecoder(shape, shape.indexedColumns(), false, 1);
        long added = 0;
        for (int row = 0; row < replaced.length; row++) {
            byte[] key = Slots.key(shape.rowSlot(), put.rowKeys().get(row));
            byte[] value = encode(version, rows, row);
            replaced[row] = NEW_ROW;
            if (round.insert(partition.rows(), key, value)) {
                added++;
                continue;
            }
            byte[] before = partition.rows().get(key);
            if (before != null) {
                replaced[row] = old.rows();
                old.append(before, key, Slots.LENGTH);
            }
            round.put(partition.rows(), key, value);
        }
        container.rows(container.rows() + added);
        Batch oldRows = old.build();
        for (IndexShape index : shape.indexes()) {
            if (index.state() != State.FAILED) {
                ColumnVector[] columns = index.columnsOf(version.descriptor(), shape.descriptor(), rows);
                putEntries(round, index, columns, oldColumns(shape, index, oldRows), replaced, put.rowKeys());
            }
        }
    }

    private void putEntries(
            Round round,
            IndexShape index,
            ColumnVector[] columns,
            ColumnVector[] oldColumns,
            int[] replaced,
            List<byte[]> rowKeys) {
        for (int row = 0; row < replaced.length; row++) {
            newKey.reset();
            index.codec().encode(newKey, columns, row);
            if (replaced[row] != NEW_ROW) {
                oldKey.reset();
                index.codec().encode(oldKey, oldColumns, replaced[row]);
                if (isSame(newKey, oldKey) && index.state() == State.PUBLIC) {
                    continue;
                }
                deleteEntry(round, index, oldKey, rowKeys.get(row));
            }
            byte[] key = Slots.key(index.slot(), newKey.array(), newKey.position(), rowKeys.get(row));
            round.put(partition.indexes(), key, EMPTY);
        }
    }

    private static final byte[] EMPTY = new byte[0];

    private static boolean isSame(ByteWriter left, ByteWriter right) {
        return Arrays.equals(left.array(), 0, left.position(), right.array(), 0, right.position());
    }

    private void deleteEntry(Round round, IndexShape index, ByteWriter indexKey, byte[] rowKey) {
        round.delete(partition.indexes(), Slots.key(index.slot(), indexKey.array(), indexKey.position(), rowKey));
    }

    private static ColumnVector[] oldColumns(Shape shape, IndexShape index, Batch oldRows) {
        ColumnVector[] vectors = new ColumnVector[index.columnIds().size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = oldRows.column(
                    shape.indexedColumns().indexOf(index.columnIds().get(i)));
        }
        return vectors;
    }

    /** Deletes rows; keys that are not there are passed over. */
    void delete(Round round, ContainerState container, List<byte[]> rowKeys) {
        Shape shape = container.shape();
        long removed = 0;
        for (byte[] rowKey : rowKeys) {
            byte[] key = Slots.key(shape.rowSlot(), rowKey);
            byte[] before = shape.hasIndexes() ? partition.rows().get(key) : null;
            if (before != null) {
                deleteEntries(round, shape, before, key, rowKey);
            }
            removed += round.delete(partition.rows(), key) ? 1 : 0;
        }
        container.rows(container.rows() - removed);
    }

    private void deleteEntries(Round round, Shape shape, byte[] row, byte[] key, byte[] rowKey) {
        RowDecoder old = new RowDecoder(shape, shape.indexedColumns(), false, 1);
        old.append(row, key, Slots.LENGTH);
        Batch oldRow = old.build();
        for (IndexShape index : shape.indexes()) {
            if (index.state() != State.FAILED) {
                oldKey.reset();
                index.codec().encode(oldKey, oldColumns(shape, index, oldRow), 0);
                deleteEntry(round, index, oldKey, rowKey);
            }
        }
    }

    /** Adds the entry of a stored row to an index that is being built; returns its index key, or null if that holds a NULL. */
    byte @Nullable [] addEntry(Round round, Shape shape, IndexShape index, byte[] rowsKey, byte[] row) {
        RowDecoder decoder = new RowDecoder(shape, index.columnIds(), false, 1);
        decoder.append(row, rowsKey, Slots.LENGTH);
        Batch columns = decoder.build();
        ColumnVector[] vectors = new ColumnVector[columns.columnCount()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = columns.column(i);
        }
        newKey.reset();
        index.codec().encode(newKey, vectors, 0);
        byte[] rowKey = Slots.tail(rowsKey, Slots.LENGTH);
        round.put(partition.indexes(), Slots.key(index.slot(), newKey.array(), newKey.position(), rowKey), EMPTY);
        return IndexShape.hasNull(vectors, 0) ? null : newKey.toByteArray();
    }
}
