package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.timeseries.BatchSizes;
import org.jspecify.annotations.Nullable;

/** Rows in key order. Holds nothing of the store between batches. Confined to one thread. */
final class RowScan implements BatchCursor {
    private final PartitionState partition;
    private final Shape shape;
    private final ScanRequest request;
    private final KeyWindow window;
    private final BatchSizes sizes;
    private boolean isDone;

    RowScan(PartitionState partition, Shape shape, ScanRequest request, KeyRange range) {
        this.partition = partition;
        this.shape = shape;
        this.request = request;
        this.window = new KeyWindow(shape.rowSlot(), range, request.descending());
        this.sizes = new BatchSizes(request.limit());
    }

    @Override
    public @Nullable Batch next() {
        if (isDone || sizes.isDone()) {
            return null;
        }
        int size = sizes.next();
        RowDecoder decoder = new RowDecoder(shape, request.columnIds(), request.withRowKey(), size);
        long bytes = 0;
        try (KeyCursor cursor = partition.rows().cursor()) {
            boolean isThere = window.seek(cursor);
            while (isThere) {
                byte[] key = cursor.key();
                byte[] row = cursor.value();
                decoder.append(row, key, Slots.LENGTH);
                bytes += row.length;
                isThere = window.advance(cursor);
                if (decoder.rows() == size || bytes >= BatchSizes.BATCH_BYTES) {
                    break;
                }
            }
            isDone = !isThere;
        }
        sizes.returned(decoder.rows());
        return decoder.rows() == 0 ? null : decoder.build();
    }

    @Override
    public void close() {
        isDone = true;
    }
}
