package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.LatestRequest;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.SeriesRanges;
import io.trellisdb.storage.TimeBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers about a time series from its rows, each looked at: simple, and as slow as that. Immutable. */
final class RowSeries {
    private final PartitionState partition;
    private final Shape shape;

    RowSeries(PartitionState partition, Shape shape) {
        this.partition = partition;
        this.shape = shape;
    }

    BatchCursor scan(ScanRequest request, ScanRequest.Access.Series access) {
        return new RowScan(
                partition, shape, request, KeyRange.ALL, isWithin(access.series(), access.from(), access.to()));
    }

    /** Of keys of the rows keyspace. */
    private Predicate<byte[]> isWithin(List<KeyRange> series, long from, long to) {
        boolean descending = shape.isTimeDescending();
        return key -> {
            long timestamp = Slots.timestamp(key, descending);
            byte[] seriesKey = seriesKey(Slots.tail(key, Slots.LENGTH));
            return timestamp >= from && timestamp <= to && SeriesRanges.find(series, seriesKey, seriesKey.length) >= 0;
        };
    }

    private static byte[] seriesKey(byte[] rowKey) {
        return Arrays.copyOf(rowKey, rowKey.length - SeriesRanges.TIMESTAMP_LENGTH);
    }

    /** A group and its place in the order of results. */
    private record GroupKey(byte[] series, long bucket) implements Comparable<GroupKey> {
        @Override
        public int compareTo(GroupKey other) {
            int bySeries = Arrays.compareUnsigned(series, other.series);
            return bySeries != 0 ? bySeries : Long.compare(bucket, other.bucket);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof GroupKey key && compareTo(key) == 0;
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(series) + Long.hashCode(bucket);
        }
    }

    AggregateCursor aggregate(AggregateRequest request) {
        TreeMap<GroupKey, AggregateGroup> groups = new TreeMap<>();
        ScanRequest rows = new ScanRequest(
                request.containerId(),
                request.columnIds(),
                new ScanRequest.Access.Series(request.series(), request.from(), request.to()),
                shape.isTimeDescending(),
                ScanRequest.NO_LIMIT,
                true);
        try (BatchCursor cursor = scan(rows, (ScanRequest.Access.Series) rows.access())) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                BytesVector keys = (BytesVector) batch.column(batch.columnCount() - 1);
                for (int row = 0; row < batch.rowCount(); row++) {
                    GroupKey key = groupOf(request, keys.copy(row));
                    groups.computeIfAbsent(key, k -> new AggregateGroup(shape, request.columnIds()))
                            .add(batch, row, row + 1);
                }
            }
        }
        List<AggregateGroup.Keyed> found = new ArrayList<>();
        groups.forEach((key, group) -> found.add(new AggregateGroup.Keyed(key.series(), key.bucket(), group)));
        return new GroupCursor(found);
    }

    private GroupKey groupOf(AggregateRequest request, byte[] rowKey) {
        TimeBucket bucket = request.bucket();
        long start = bucket == null ? 0 : bucket.start(Slots.timestamp(rowKey, shape.isTimeDescending()));
        return new GroupKey(request.groupBySeries() ? seriesKey(rowKey) : new byte[0], start);
    }

    /** The encoded keys of the newest rows, in series key order. */
    List<byte[]> newestKeys(LatestRequest request) {
        TreeMap<byte[], byte[]> newest = new TreeMap<>(Arrays::compareUnsigned);
        ScanRequest keys = new ScanRequest(
                request.containerId(),
                List.of(),
                new ScanRequest.Access.Series(request.series(), Long.MIN_VALUE, Long.MAX_VALUE),
                shape.isTimeDescending(),
                ScanRequest.NO_LIMIT,
                true);
        try (BatchCursor cursor = scan(keys, (ScanRequest.Access.Series) keys.access())) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                BytesVector rowKeys = (BytesVector) batch.column(0);
                for (int row = 0; row < batch.rowCount(); row++) {
                    byte[] rowKey = rowKeys.copy(row);
                    newest.put(seriesKey(rowKey), rowKey);
                }
            }
        }
        return List.copyOf(newest.values());
    }
}
