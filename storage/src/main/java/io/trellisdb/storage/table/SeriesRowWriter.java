package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.SeriesRanges;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.timeseries.RowOutput;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Puts and deletes rows of time series, with their index entries if there are any. Confined to the writer thread. */
final class SeriesRowWriter {
    private final EntryWriter entries;

    SeriesRowWriter(EntryWriter entries) {
        this.entries = entries;
    }

    void put(Round round, long lsn, ContainerState container, TimeSeries series, Operation.PutRows put) {
        Shape shape = container.shape();
        RowVersion version = shape.require(put.schemaVersion());
        if (!shape.hasIndexes()) {
            long added = series.put(lsn, false, version.descriptor(), put.rows(), put.rowKeys());
            container.rows(container.rows() + added);
            return;
        }
        int start = 0;
        while (start < put.rowKeys().size()) {
            int end = endOfDistinct(put.rowKeys(), start);
            putIndexed(round, lsn, container, series, version, put, start, end);
            start = end;
        }
    }

    /** Where the keys from {@code start} on that are all different end: a key that comes again replaces its first row. */
    private static int endOfDistinct(List<byte[]> keys, int start) {
        Set<ByteBuffer> seen = new HashSet<>();
        int end = start;
        while (end < keys.size() && seen.add(ByteBuffer.wrap(keys.get(end)))) {
            end++;
        }
        return end;
    }

    private void putIndexed(
            Round round,
            long lsn,
            ContainerState container,
            TimeSeries series,
            RowVersion version,
            Operation.PutRows put,
            int start,
            int end) {
        Shape shape = container.shape();
        int[] kept = IntStream.range(start, end)
                .filter(row -> !series.isUnderFloor(put.rowKeys().get(row)))
                .toArray();
        List<byte[]> keys = IntStream.of(kept).mapToObj(put.rowKeys()::get).toList();
        Batch rows = put.rows().select(kept, kept.length);
        RowOutput old = series.output(shape.indexedColumns(), false);
        int[] replaced = new int[keys.size()];
        for (int row = 0; row < replaced.length; row++) {
            replaced[row] = old.add(keys.get(row)) ? old.rows() - 1 : EntryWriter.NEW_ROW;
        }
        Batch oldRows = old.build();
        long added = series.put(lsn, false, version.descriptor(), rows, keys);
        container.rows(container.rows() + added);
        entries.replace(round, shape, version.descriptor(), rows, keys, oldRows, replaced);
    }

    void delete(Round round, long lsn, ContainerState container, TimeSeries series, List<byte[]> rowKeys) {
        Shape shape = container.shape();
        if (shape.hasIndexes()) {
            for (byte[] key : rowKeys) {
                RowOutput old = series.output(shape.indexedColumns(), false);
                if (old.add(key)) {
                    entries.delete(round, shape, old.build(), List.of(key));
                }
            }
        }
        container.rows(container.rows() - series.delete(lsn, false, rowKeys));
    }

    /** Removes the rows before a timestamp; returns false when the floor is not lower. */
    boolean raiseFloor(Round round, ContainerState container, TimeSeries series, long timestamp) {
        Shape shape = container.shape();
        if (timestamp <= shape.record().floor()) {
            return false;
        }
        if (shape.hasIndexes()) {
            deleteEntriesBefore(round, shape, series, timestamp);
        }
        container.rows(container.rows() - series.raiseFloor(timestamp));
        return true;
    }

    private void deleteEntriesBefore(Round round, Shape shape, TimeSeries series, long timestamp) {
        ScanRequest request = new ScanRequest(
                shape.descriptor().id(),
                shape.indexedColumns(),
                new ScanRequest.Access.Series(SeriesRanges.ALL, Long.MIN_VALUE, timestamp - 1),
                false,
                ScanRequest.NO_LIMIT,
                true);
        try (BatchCursor cursor = series.scan(request)) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                entries.delete(round, shape, batch, rowKeys(batch));
            }
        }
    }

    /** The row keys in the last column of a batch. */
    static List<byte[]> rowKeys(Batch batch) {
        BytesVector last = (BytesVector) batch.column(batch.columnCount() - 1);
        List<byte[]> keys = new ArrayList<>(batch.rowCount());
        for (int row = 0; row < batch.rowCount(); row++) {
            keys.add(last.copy(row));
        }
        return keys;
    }
}
