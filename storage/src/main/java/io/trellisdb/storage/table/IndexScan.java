package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.keyspace.KeyCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in index order, each fetched by its key. Between an entry and its row a round may have changed both: when the
 * partition changed meanwhile, rows that no longer have the entry's key are left out. Confined to one thread.
 */
final class IndexScan implements BatchCursor {
    private final PartitionState partition;
    private final Shape shape;
    private final IndexShape index;
    private final ScanRequest request;
    private final KeyWindow window;
    private final ScanSizes sizes;
    private boolean isDone;

    IndexScan(PartitionState partition, Shape shape, IndexShape index, ScanRequest request, KeyRange range) {
        this.partition = partition;
        this.shape = shape;
        this.index = index;
        this.request = request;
        this.window = new KeyWindow(index.slot(), range, request.descending());
        this.sizes = new ScanSizes(request.limit());
    }

    @Override
    public @Nullable Batch next() {
        if (isDone || sizes.isDone()) {
            return null;
        }
        int size = sizes.next();
        RowDecoder decoder = new RowDecoder(shape, request.columnIds(), request.withRowKey(), size);
        long stamp = partition.stamp();
        long bytes = 0;
        try (KeyCursor cursor = partition.indexes().cursor()) {
            boolean isThere = window.seek(cursor);
            while (isThere) {
                byte[] entry = cursor.key();
                int rowKeyStart = index.rowKeyStart(entry);
                byte[] key = Slots.key(shape.rowSlot(), Slots.tail(entry, rowKeyStart));
                byte[] row = shape.isUnderFloor(key) ? null : partition.rows().get(key);
                if (row != null && (isUnchanged(stamp) || hasIndexKey(row, key, entry, rowKeyStart))) {
                    decoder.append(row, key, Slots.LENGTH);
                    bytes += row.length;
                }
                isThere = window.advance(cursor);
                if (decoder.rows() == size || bytes >= ScanSizes.BATCH_BYTES) {
                    break;
                }
            }
            isDone = !isThere;
        }
        sizes.returned(decoder.rows());
        return decoder.rows() == 0 ? null : decoder.build();
    }

    /** Whether no round has changed the partition since {@code stamp} was read. */
    private boolean isUnchanged(long stamp) {
        return (stamp & 1) == 0 && partition.stamp() == stamp;
    }

    private boolean hasIndexKey(byte[] row, byte[] key, byte[] entry, int rowKeyStart) {
        RowDecoder columns = new RowDecoder(shape, index.columnIds(), false, 1);
        columns.append(row, key, Slots.LENGTH);
        Batch values = columns.build();
        ColumnVector[] vectors = new ColumnVector[values.columnCount()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = values.column(i);
        }
        ByteWriter indexKey = new ByteWriter();
        index.codec().encode(indexKey, vectors, 0);
        return Arrays.equals(indexKey.array(), 0, indexKey.position(), entry, Slots.LENGTH, rowKeyStart);
    }

    @Override
    public void close() {
        isDone = true;
    }
}
