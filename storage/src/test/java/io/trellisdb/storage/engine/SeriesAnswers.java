package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.aggregate.LongAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.LatestRequest;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.SeriesRanges;
import io.trellisdb.storage.TimeBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what a partition answers about a time series with what its model says, each row looked at. */
final class SeriesAnswers {
    private final Random random;
    private final PartitionReader reader;
    private final ModelContainer model;
    private final ContainerDescriptor descriptor;

    SeriesAnswers(Random random, PartitionReader reader, ModelContainer model) {
        this.random = random;
        this.reader = reader;
        this.model = model;
        this.descriptor = model.descriptor();
    }

    void check(List<Integer> columnIds) {
        for (int i = 0; i < 3; i++) {
            List<KeyRange> series = randomSeries();
            long one = anyTimestamp();
            long other = anyTimestamp();
            long from = random.nextInt(3) == 0 ? Long.MIN_VALUE : Math.min(one, other);
            long to = random.nextInt(3) == 0 ? Long.MAX_VALUE : Math.max(one, other);
            checkScan(series, from, to, columnIds);
            checkAggregate(series, from, to);
            checkLatest(series, columnIds);
        }
    }

    private static byte[] seriesKey(byte[] rowKey) {
        return Arrays.copyOf(rowKey, rowKey.length - SeriesRanges.TIMESTAMP_LENGTH);
    }

    private List<KeyRange> randomSeries() {
        List<byte[]> keys = model.keys();
        if (keys.isEmpty() || random.nextInt(3) == 0) {
            return SeriesRanges.ALL;
        }
        List<KeyRange> ranges = new ArrayList<>();
        byte[] last = null;
        for (byte[] key : keys) {
            byte[] series = seriesKey(key);
            boolean isNew = last == null || Arrays.compareUnsigned(series, last) >= 0;
            if (isNew && random.nextInt(3) == 0) {
                byte[] to =
                        random.nextBoolean() ? Arrays.copyOf(series, series.length + 1) : KeyCodec.successor(series);
                ranges.add(new KeyRange(series, to));
                last = to == null ? new byte[] {-1, -1, -1} : to;
            }
        }
        return ranges;
    }

    private long anyTimestamp() {
        List<byte[]> keys = model.keys();
        return keys.isEmpty() ? 0 : model.timestamp(keys.get(random.nextInt(keys.size()))) + random.nextInt(3) - 1;
    }

    private List<byte[]> rows(List<KeyRange> series, long from, long to) {
        return model.keys().stream()
                .filter(key -> SeriesRanges.find(series, key, key.length - SeriesRanges.TIMESTAMP_LENGTH) >= 0)
                .filter(key -> model.timestamp(key) >= from && model.timestamp(key) <= to)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<@Nullable Object> values(byte[] key, List<Integer> columnIds) {
        List<@Nullable Object> values = new ArrayList<>();
        columnIds.forEach(id -> values.add(model.row(key).get(id)));
        values.add(HexFormat.of().formatHex(key));
        return values;
    }

    private void checkScan(List<KeyRange> series, long from, long to, List<Integer> columnIds) {
        boolean descending = random.nextBoolean();
        long limit = random.nextBoolean() ? ScanRequest.NO_LIMIT : 1 + random.nextInt(10);
        List<byte[]> keys = rows(series, from, to);
        if (descending) {
            Collections.reverse(keys);
        }
        List<List<@Nullable Object>> expected =
                keys.stream().limit(limit).map(key -> values(key, columnIds)).toList();
        ScanRequest request = new ScanRequest(
                descriptor.id(), columnIds, new ScanRequest.Access.Series(series, from, to), descending, limit, true);
        assertEquals(expected, Readings.scan(reader, request));
    }

    private void checkLatest(List<KeyRange> series, List<Integer> columnIds) {
        TreeMap<byte[], byte[]> newest = new TreeMap<>(Arrays::compareUnsigned);
        for (byte[] key : rows(series, Long.MIN_VALUE, Long.MAX_VALUE)) {
            newest.merge(seriesKey(key), key, (a, b) -> model.timestamp(a) > model.timestamp(b) ? a : b);
        }
        List<List<@Nullable Object>> found = new ArrayList<>();
        try (BatchCursor cursor = reader.latest(new LatestRequest(descriptor.id(), series, columnIds, true))) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                found.addAll(Readings.rows(batch));
            }
        }
        assertEquals(newest.values().stream().map(key -> values(key, columnIds)).toList(), found);
    }

    private void checkAggregate(List<KeyRange> series, long from, long to) {
        List<Integer> columnIds = descriptor.columns().stream()
                .filter(column -> descriptor.primaryKey().stream().noneMatch(key -> key.columnId() == column.id()))
                .map(column -> column.id())
                .toList();
        boolean bySeries = random.nextBoolean();
        TimeBucket bucket =
                random.nextInt(3) == 0 ? null : new TimeBucket(random.nextInt(1000), 1 + random.nextInt(3000));
        Map<String, List<byte[]>> groups = rows(series, from, to).stream()
                .collect(Collectors.groupingBy(
                        key -> name(
                                bySeries ? seriesKey(key) : new byte[0],
                                bucket == null ? 0 : bucket.start(model.timestamp(key))),
                        TreeMap::new,
                        Collectors.toList()));
        AggregateRequest request = new AggregateRequest(descriptor.id(), series, from, to, bySeries, bucket, columnIds);
        int found = 0;
        try (AggregateCursor cursor = reader.aggregate(request)) {
            while (cursor.next()) {
                found++;
                List<byte[]> keys = groups.get(name(cursor.seriesKey(), cursor.bucketStart()));
                assertTrue(keys != null, "group has no rows in the model");
                assertEquals(keys.size(), cursor.rows());
                for (int i = 0; i < columnIds.size(); i++) {
                    checkAggregate(keys, columnIds.get(i), cursor.aggregate(i), bySeries);
                }
            }
        }
        assertEquals(groups.size(), found);
    }

    private static String name(byte[] series, long bucket) {
        return HexFormat.of().formatHex(series) + "/" + bucket;
    }

    private void checkAggregate(List<byte[]> keys, int columnId, ColumnAggregate found, boolean isOneSeries) {
        List<Object> values = keys.stream()
                .sorted((a, b) -> Long.compare(model.timestamp(a), model.timestamp(b)))
                .map(key -> model.row(key).get(columnId))
                .filter(Objects::nonNull)
                .toList();
        assertEquals(keys.size(), found.rows());
        assertEquals(values.size(), found.count());
        if (values.isEmpty()) {
            return;
        }
        if (found instanceof LongAggregate longs) {
            List<Long> numbers = values.stream().map(SeriesAnswers::number).toList();
            assertEquals(
                    numbers.stream().mapToLong(Long::longValue).sum(),
                    longs.sum().toLong());
            assertEquals(Collections.min(numbers), longs.min());
            assertEquals(Collections.max(numbers), longs.max());
            if (isOneSeries) {
                assertEquals(
                        List.of(numbers.get(0), numbers.get(numbers.size() - 1)), List.of(longs.first(), longs.last()));
            }
        } else if (found instanceof DoubleAggregate doubles) {
            List<Double> numbers = values.stream().map(value -> (Double) value).toList();
            assertEquals(
                    numbers.stream().mapToDouble(Double::doubleValue).sum(),
                    doubles.sum().toDouble(),
                    1e-9);
            assertEquals(Collections.min(numbers) + 0.0, doubles.min() + 0.0);
            assertEquals(Collections.max(numbers) + 0.0, doubles.max() + 0.0);
        }
    }

    private static long number(Object value) {
        return value instanceof Boolean flag ? flag ? 1 : 0 : ((Number) value).longValue();
    }
}
