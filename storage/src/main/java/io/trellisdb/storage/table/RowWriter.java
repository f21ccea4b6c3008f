package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.keyspace.Round;
import java.util.List;

/** Puts and deletes rows of collections with their index entries. Confined to the partition's writer thread. */
final class RowWriter {
    private final PartitionState partition;
    private final ByteWriter rowBytes = new ByteWriter();
    private final EntryWriter entries;

    RowWriter(PartitionState partition, EntryWriter entries) {
        this.partition = partition;
        this.entries = entries;
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
            replaced[row] = EntryWriter.NEW_ROW;
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
        entries.replace(round, shape, version.descriptor(), rows, put.rowKeys(), old.build(), replaced);
    }

    /** Deletes rows; keys that are not there are passed over. */
    void delete(Round round, ContainerState container, List<byte[]> rowKeys) {
        Shape shape = container.shape();
        long removed = 0;
        for (byte[] rowKey : rowKeys) {
            byte[] key = Slots.key(shape.rowSlot(), rowKey);
            byte[] before = shape.hasIndexes() ? partition.rows().get(key) : null;
            if (before != null) {
                RowDecoder old = new RowDecoder(shape, shape.indexedColumns(), false, 1);
                old.append(before, key, Slots.LENGTH);
                entries.delete(round, shape, old.build(), List.of(rowKey));
            }
            removed += round.delete(partition.rows(), key) ? 1 : 0;
        }
        container.rows(container.rows() - removed);
    }
}
