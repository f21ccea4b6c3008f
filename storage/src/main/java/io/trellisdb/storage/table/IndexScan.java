package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.timeseries.BatchSizes;
import io.trellisdb.storage.timeseries.RowOutput;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final BatchSizes sizes;
    /** Null of a collection. */
    private final @Nullable TimeSeries series;

    private boolean isDone;

    IndexScan(
            PartitionState partition, ContainerState container, IndexShape index, ScanRequest request, KeyRange range) {
        this.partition = partition;
        this.series = container.series();
        this.shape = container.shape();
        this.index = index;
        this.request = request;
        this.window = new KeyWindow(index.slot(), range, request.descending());
        this.sizes = new BatchSizes(request.limit());
    }

    @Override
    public @Nullable Batch next() {
        if (isDone || sizes.isDone()) {
            return null;
        }
        int size = sizes.next();
        long stamp = partition.stamp();
        List<byte[]> entries = new ArrayList<>();
        Rows rows = rows(size);
        try (KeyCursor cursor = partition.indexes().keyCursor()) {
            boolean isThere = window.seek(cursor);
            while (isThere) {
                byte[] entry = cursor.key();
                byte[] rowKey = Slots.tail(entry, index.rowKeyStart(entry));
                if (rows.add(rowKey)) {
                    entries.add(entry);
                }
                isThere = window.advance(cursor);
                if (entries.size() == size || rows.bytes() >= BatchSizes.BATCH_BYTES) {
                    break;
                }
            }
            isDone = !isThere;
        }
        Batch found = rows.build();
        Batch kept = withoutIndexColumns(isUnchanged(stamp) ? found : withEntries(found, entries));
        sizes.returned(kept.rowCount());
        return kept.rowCount() > 0 || isDone ? nullIfEmpty(kept) : next();
    }

    private static @Nullable Batch nullIfEmpty(Batch batch) {
        return batch.rowCount() == 0 ? null : batch;
    }

    /** Fetches rows by their keys: the columns of the request and behind them those of the index. */
    private interface Rows {
        boolean add(byte[] rowKey);

        long bytes();

        Batch build();
    }

    private Rows rows(int size) {
        List<Integer> columnIds = new ArrayList<>(request.columnIds());
        columnIds.addAll(index.columnIds());
        return series == null ? new CollectionRows(columnIds, size) : new SeriesRows(series, columnIds);
    }

    private final class CollectionRows implements Rows {
        private final RowDecoder decoder;
        private long bytes;

        CollectionRows(List<Integer> columnIds, int size) {
            this.decoder = new RowDecoder(shape, columnIds, request.withRowKey(), size);
        }

        @Override
        public boolean add(byte[] rowKey) {
            byte[] key = Slots.key(shape.rowSlot(), rowKey);
            byte[] row = partition.rows().get(key);
            if (row == null) {
                return false;
            }
            decoder.append(row, key, Slots.LENGTH);
            bytes += row.length;
            return true;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public Batch build() {
            return decoder.build();
        }
    }

    private final class SeriesRows implements Rows {
        private final RowOutput output;

        SeriesRows(TimeSeries of, List<Integer> columnIds) {
            this.output = of.output(columnIds, request.withRowKey());
        }

        @Override
        public boolean add(byte[] rowKey) {
            return output.add(rowKey);
        }

        @Override
        public long bytes() {
            return output.bytes();
        }

        @Override
        public Batch build() {
            return output.build();
        }
    }

    /** Whether no round has changed the partition since {@code stamp} was read. */
    private boolean isUnchanged(long stamp) {
        return (stamp & 1) == 0 && partition.stamp() == stamp;
    }

    /** The rows that still have the key of their entry. */
    private Batch withEntries(Batch found, List<byte[]> entries) {
        ColumnVector[] vectors = new ColumnVector[index.columnIds().size()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = found.column(request.columnIds().size() + i);
        }
        int[] kept = new int[found.rowCount()];
        int count = 0;
        ByteWriter indexKey = new ByteWriter();
        for (int row = 0; row < found.rowCount(); row++) {
            byte[] entry = entries.get(row);
            indexKey.reset();
            index.codec().encode(indexKey, vectors, row);
            int end = index.rowKeyStart(entry);
            if (Arrays.equals(indexKey.array(), 0, indexKey.position(), entry, Slots.LENGTH, end)) {
                kept[count++] = row;
            }
        }
        return found.select(kept, count);
    }

    private Batch withoutIndexColumns(Batch batch) {
        int wanted = request.columnIds().size();
        ColumnVector[] vectors = new ColumnVector[wanted + (request.withRowKey() ? 1 : 0)];
        for (int i = 0; i < wanted; i++) {
            vectors[i] = batch.column(i);
        }
        if (request.withRowKey()) {
            vectors[wanted] = batch.column(batch.columnCount() - 1);
        }
        return new Batch(batch.rowCount(), vectors);
    }

    @Override
    public void close() {
        isDone = true;
    }
}
