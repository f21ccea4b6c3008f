package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.LatestRequest;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.SeriesRanges;
import io.trellisdb.storage.TimeBucket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store answers about time series; it is verified after each test. */
abstract class SeriesReadsContract {
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final long START_MILLIS = START.toEpochSecond(ZoneOffset.UTC) * 1000;
    private static final KeyCodec SERIES = KeyCodec.ascending(List.of(DataType.VARCHAR));

    private TestOwner owner;

    abstract NodeStore create();

    @BeforeEach
    void createStore() {
        owner = new TestOwner(create());
    }

    @AfterEach
    void verifyAndClose() {
        assertEquals(List.of(), owner.store().partition(0).verify());
        owner.store().close();
    }

    private PartitionReader reader() {
        return owner.store().partition(0).reader();
    }

    /** Series a, ab, b with rows at seconds 0, 2, 4 … 98; values are NULL at every tenth row. */
    private ContainerDescriptor write(boolean descending) {
        ContainerDescriptor readings = Containers.readings(8, descending);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int second = 98; second >= 0; second -= 2) {
            for (String series : List.of("b", "a", "ab")) {
                Double value = second % 20 == 0 ? null : Double.valueOf(second * series.length());
                rows.add(Arrays.asList(series, START.plusSeconds(second), value));
            }
        }
        Batch batch = Containers.rows(readings, rows);
        owner.write(
                0,
                new Operation.DefineContainer(readings),
                new Operation.PutRows(8, 1, batch, RowKeys.ofRows(readings, batch)));
        return readings;
    }

    private static byte[] key(String series) {
        return SERIES.encodeValues(List.of(series));
    }

    private static KeyRange only(String series) {
        byte[] key = key(series);
        return new KeyRange(key, Arrays.copyOf(key, key.length + 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void seriesAreScannedInKeyOrderWithinTimes(boolean keyDescends) {
        write(keyDescends);
        for (boolean reversed : new boolean[] {false, true}) {
            ScanRequest request = new ScanRequest(
                    8,
                    List.of(1, 2),
                    new ScanRequest.Access.Series(
                            List.of(only("a"), new KeyRange(key("b"), null)), START_MILLIS + 2000, START_MILLIS + 6000),
                    reversed,
                    ScanRequest.NO_LIMIT,
                    false);

            List<List<Object>> expected = new ArrayList<>();
            for (String series : List.of("a", "b")) {
                for (int second : keyDescends ? new int[] {6, 4, 2} : new int[] {2, 4, 6}) {
                    expected.add(List.of(series, START.plusSeconds(second)));
                }
            }
            if (reversed) {
                Collections.reverse(expected);
            }
            assertEquals(expected, Readings.scan(reader(), request));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bucketsOfEachSeriesAreAggregatedInTheOrderOfTime(boolean keyDescends) {
        write(keyDescends);

        List<String> found = aggregate(new AggregateRequest(
                8,
                List.of(only("a"), only("ab")),
                START_MILLIS + 10_000,
                START_MILLIS + 69_999,
                true,
                new TimeBucket(START_MILLIS - 90_000, 30_000),
                List.of(3)));

        assertEquals(
                List.of(
                        "a 0: 10 rows, 9 values, 10.0 to 28.0, 10.0 to 28.0",
                        "a 30: 15 rows, 14 values, 30.0 to 58.0, 30.0 to 58.0",
                        "a 60: 5 rows, 4 values, 62.0 to 68.0, 62.0 to 68.0",
                        "ab 0: 10 rows, 9 values, 20.0 to 56.0, 20.0 to 56.0",
                        "ab 30: 15 rows, 14 values, 60.0 to 116.0, 60.0 to 116.0",
                        "ab 60: 5 rows, 4 values, 124.0 to 136.0, 124.0 to 136.0"),
                found);
    }

    private List<String> aggregate(AggregateRequest request) {
        List<String> found = new ArrayList<>();
        try (AggregateCursor cursor = reader().aggregate(request)) {
            while (cursor.next()) {
                DoubleAggregate values = (DoubleAggregate) cursor.aggregate(0);
                byte[] key = cursor.seriesKey();
                found.add(new String(key, 1, key.length - 3, StandardCharsets.UTF_8) + " "
                        + (cursor.bucketStart() - START_MILLIS) / 1000 + ": " + cursor.rows() + " rows, "
                        + values.count() + " values, " + values.min() + " to " + values.max() + ", " + values.first()
                        + " to " + values.last());
            }
        }
        return found;
    }

    @Test
    void withoutGroupsThereIsOneResultOrNone() {
        write(false);

        AggregateRequest all =
                new AggregateRequest(8, SeriesRanges.ALL, Long.MIN_VALUE, Long.MAX_VALUE, false, null, List.of(3));
        AggregateRequest none =
                new AggregateRequest(8, SeriesRanges.ALL, START_MILLIS + 1, START_MILLIS + 5, false, null, List.of(3));

        try (AggregateCursor cursor = reader().aggregate(all)) {
            assertEquals(true, cursor.next());
            assertEquals(150, cursor.rows());
            assertEquals(0, cursor.bucketStart());
            assertEquals(0, cursor.seriesKey().length);
            assertEquals(135, cursor.aggregate(0).count());
            assertFalse(cursor.next());
        }
        assertEquals(List.of(), aggregate(none));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void latestIsTheNewestRowOfEverySeries(boolean keyDescends) {
        write(keyDescends);
        owner.write(0, new Operation.DeleteRows(8, List.of(rowKey("ab", 98, keyDescends))));

        LatestRequest request = new LatestRequest(8, List.of(new KeyRange(null, key("b"))), List.of(1, 2), false);

        List<List<Object>> found = new ArrayList<>();
        try (BatchCursor cursor = reader().latest(request)) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                found.addAll(Readings.rows(batch));
            }
        }
        assertEquals(List.of(List.of("a", START.plusSeconds(98)), List.of("ab", START.plusSeconds(96))), found);
    }

    private static byte[] rowKey(String series, int second, boolean descending) {
        return RowKeys.codec(Containers.readings(8, descending))
                .encodeValues(List.of(series, START.plusSeconds(second)));
    }

    @Test
    void unknownContainersAreEmptyAndOtherKindsAreRefused() {
        AggregateRequest request =
                new AggregateRequest(5, SeriesRanges.ALL, Long.MIN_VALUE, Long.MAX_VALUE, true, null, List.of(3));
        LatestRequest latest = new LatestRequest(5, SeriesRanges.ALL, List.of(1), false);
        try (AggregateCursor groups = reader().aggregate(request);
                BatchCursor rows = reader().latest(latest)) {
            assertFalse(groups.next());
            assertNull(rows.next());
        }

        owner.write(0, new Operation.DefineContainer(Containers.people(5)));

        assertThrows(IllegalArgumentException.class, () -> reader().aggregate(request));
        assertThrows(IllegalArgumentException.class, () -> reader().latest(latest));
        write(false);
        AggregateRequest ofKey =
                new AggregateRequest(8, SeriesRanges.ALL, Long.MIN_VALUE, Long.MAX_VALUE, true, null, List.of(2));
        assertThrows(IllegalArgumentException.class, () -> reader().aggregate(ofKey));
    }

    @Test
    void rangesOfSeriesMustAscendWithoutOverlap() {
        KeyRange a = only("a");
        KeyRange b = only("b");

        assertThrows(IllegalArgumentException.class, () -> new LatestRequest(5, List.of(b, a), List.of(1), false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LatestRequest(5, List.of(KeyRange.ALL, b), List.of(1), false));
        assertThrows(IllegalArgumentException.class, () -> new TimeBucket(0, 0));
    }
}
