package io.trellisdb.storage.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.LongAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.block.Block;
import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A series behaves as a sorted map of its rows, whatever is sealed, folded, dropped or reopened meanwhile. */
final class SeriesModelTest {
    private static final SeriesShape SHAPE = SeriesShape.of(
            List.of(2, 3, 5, 6),
            List.of(DataType.BIGINT, DataType.DOUBLE, DataType.TEXT, DataType.array(DataType.UUID)));
    private static final int[] PLACES = {1, 2, 3, 4};

    private final BlockCounters counters = new BlockCounters();

    /** One random history. */
    private final class History {
        private final SplittableRandom random;
        private final MemoryBlocks blocks = new MemoryBlocks(counters);
        private final TreeMap<Long, List<@Nullable Object>> model = new TreeMap<>();
        private TestSeries series = new TestSeries(SHAPE, blocks);
        private long clock;
        private long floor = Long.MIN_VALUE;

        History(long seed) {
            this.random = new SplittableRandom(seed);
            this.clock = random.nextInt(4) == 0 ? Long.MIN_VALUE : random.nextLong(1_000_000);
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0 -> series.seal(false);
                case 1 -> series.seal(true);
                case 2 -> series.fold();
                case 3 -> reopen();
                case 4 -> raiseFloor();
                case 5, 6 -> delete();
                case 7 -> {
                    if (random.nextInt(20) == 0) {
                        series.clear();
                        model.clear();
                    }
                }
                case 8, 9, 10 -> put(1 + random.nextInt(20), true);
                default -> put(1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 100), false);
            }
        }

        /** What is not in blocks comes back from the journal, and with it some that is. */
        private void reopen() {
            NavigableMap<Long, List<@Nullable Object>> again = new TreeMap<>(model);
            long replayed = blocks.blocks.isEmpty() ? Long.MIN_VALUE : blocks.blocks.lastKey();
            series = new TestSeries(SHAPE, blocks);
            series.raiseFloor(floor);
            if (blocks.blocks.isEmpty()) {
                putAll(again);
            } else {
                putAll(again.tailMap(replayed, true));
            }
            series.rows(model.size());
        }

        private void raiseFloor() {
            if (model.isEmpty() || random.nextInt(8) > 0) {
                return;
            }
            long to = anyTimestamp();
            series.raiseFloor(to);
            floor = Math.max(floor, to);
            model.headMap(floor, false).clear();
        }

        private long anyTimestamp() {
            List<Long> all = new ArrayList<>(model.keySet());
            return all.isEmpty() ? clock : all.get(random.nextInt(all.size())) + random.nextInt(3) - 1;
        }

        private void delete() {
            long[] timestamps = new long[1 + random.nextInt(random.nextInt(6) == 0 ? 2000 : 20)];
            long start = anyTimestamp();
            NavigableMap<Long, List<@Nullable Object>> near = model.tailMap(start, true);
            int count = 0;
            for (Long timestamp : near.keySet()) {
                if (count < timestamps.length) {
                    timestamps[count++] = timestamp;
                }
            }
            Arrays.fill(timestamps, count, timestamps.length, anyTimestamp());
            series.delete(timestamps);
            for (long timestamp : timestamps) {
                model.remove(timestamp);
            }
        }

        private void put(int count, boolean isLate) {
            TreeMap<Long, List<@Nullable Object>> rows = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                clock += isLate ? 0 : 1 + random.nextInt(3);
                long timestamp = isLate ? anyTimestamp() : clock;
                rows.put(timestamp, row(timestamp));
            }
            putAll(rows);
            rows.headMap(floor, false).clear();
            model.putAll(rows);
        }

        private List<@Nullable Object> row(long timestamp) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(random.nextInt(9) == 0 ? null : random.nextLong(1000));
            row.add(random.nextInt(9) == 0 ? null : random.nextInt(10_000) / 100.0);
            row.add(random.nextInt(9) == 0 ? null : "s" + timestamp % 7);
            row.add(random.nextInt(3) == 0 ? null : Collections.nCopies(random.nextInt(3), new UUID(timestamp, 1)));
            return row;
        }

        private void putAll(NavigableMap<Long, List<@Nullable Object>> rows) {
            List<Long> timestamps = new ArrayList<>(rows.keySet());
            for (int from = 0; from < timestamps.size(); from += Batch.MAX_ROWS) {
                putBatch(rows, timestamps.subList(from, Math.min(timestamps.size(), from + Batch.MAX_ROWS)));
            }
        }

        private void putBatch(NavigableMap<Long, List<@Nullable Object>> rows, List<Long> timestamps) {
            List<DataType> types = new ArrayList<>(List.of(DataType.TEXT));
            types.addAll(SHAPE.types());
            BatchBuilder builder = new BatchBuilder(types, timestamps.size());
            long[] times = new long[timestamps.size()];
            int[] places = new int[times.length];
            for (int i = 0; i < times.length; i++) {
                times[i] = timestamps.get(i);
                places[i] = i;
                List<@Nullable Object> values = new ArrayList<>(List.of("series"));
                values.addAll(rows.get(timestamps.get(i)));
                builder.appendRow(values.toArray());
            }
            series.put(times, builder.build(), PLACES, places, times.length);
        }

        void check() {
            assertEquals(model.size(), series.rows());
            check(Long.MIN_VALUE, Long.MAX_VALUE, false);
            check(Long.MIN_VALUE, Long.MAX_VALUE, true);
            long from = anyTimestamp();
            long to = anyTimestamp();
            check(Math.min(from, to), Math.max(from, to), random.nextBoolean());
            checkAggregate(Math.min(from, to), Math.max(from, to));
            for (int i = 0; i < 20; i++) {
                long timestamp = anyTimestamp();
                assertEquals(model.containsKey(timestamp), series.contains(timestamp), () -> "row of " + timestamp);
            }
            SeriesRows last = series.last();
            assertEquals(model.isEmpty() ? 0 : 1, last.count());
            if (!model.isEmpty()) {
                assertEquals(model.lastKey(), last.timestamps()[0]);
                assertEquals(model.lastEntry().getValue(), values(last, 0));
            }
            for (byte[] block : blocks.blocks.values()) {
                assertTrue(Block.open(block, counters).rowCount() <= Batch.MAX_ROWS);
            }
        }

        private void check(long from, long to, boolean descending) {
            NavigableMap<Long, List<@Nullable Object>> expected = model.subMap(from, true, to, true);
            List<String> wanted = new ArrayList<>();
            (descending ? expected.descendingMap() : expected).forEach((time, row) -> wanted.add(time + " " + row));
            List<String> found = new ArrayList<>();
            SeriesCursor cursor = series.scan(from, to, descending);
            for (SeriesRows rows = cursor.next(Integer.MAX_VALUE, Long.MAX_VALUE);
                    rows != null;
                    rows = cursor.next(Integer.MAX_VALUE, Long.MAX_VALUE)) {
                for (int i = 0; i < rows.count(); i++) {
                    found.add(rows.timestamps()[i] + " " + values(rows, i));
                }
            }
            assertEquals(wanted.size(), found.size(), () -> "rows from " + from + " to " + to);
            assertEquals(wanted, found);
        }

        private void checkAggregate(long from, long to) {
            Collection<List<@Nullable Object>> rows =
                    model.subMap(from, true, to, true).values();
            LongAggregate aggregate = (LongAggregate) ColumnAggregate.of(DataType.BIGINT);
            series.aggregate(0, from, to, aggregate);
            assertEquals(rows.size(), aggregate.rows());
            long sum = 0;
            for (List<@Nullable Object> row : rows) {
                Object value = row.get(0);
                sum += value == null ? 0 : (Long) value;
            }
            assertEquals(sum, aggregate.sum().toLong());
        }

        private List<@Nullable Object> values(SeriesRows rows, int row) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < rows.columns().length; i++) {
                values.add(rows.columns()[i].value(row));
            }
            return values;
        }
    }

    @Test
    void seriesBehavesAsASortedMap() {
        long seed = Seeds.next("seriesBehavesAsASortedMap");
        for (int round = 0; round < 12; round++) {
            History history = new History(seed + round);
            for (int step = 0; step < 120; step++) {
                history.step();
                if (step % 6 == 5) {
                    history.check();
                }
            }
        }
    }
}
