package io.trellisdb.storage.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.LongAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Windows, tails, overlays and the floor of one series, and readers beside the writer. */
final class SeriesTest {
    private static final SeriesShape SHAPE = SeriesShape.of(List.of(1, 2), List.of(DataType.BIGINT, DataType.DOUBLE));
    private static final int[] PLACES = {0, 1};

    private final BlockCounters counters = new BlockCounters();
    private final MemoryBlocks blocks = new MemoryBlocks(counters);
    private final TestSeries series = new TestSeries(SHAPE, blocks);

    /** Rows whose two values tell of each other: 3 · t + version, and half of it. */
    private static void put(TestSeries series, long from, int count, long stride, long version) {
        long[] timestamps = new long[count];
        long[] values = new long[count];
        double[] halves = new double[count];
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            timestamps[i] = from + i * stride;
            values[i] = 3 * timestamps[i] + version;
            halves[i] = values[i] / 2.0;
            rows[i] = i;
        }
        Batch batch = new Batch(
                count,
                new LongVector(DataType.BIGINT, values, null, count),
                new DoubleVector(DataType.DOUBLE, halves, null, count));
        series.put(timestamps, batch, PLACES, rows, count);
    }

    private static List<Long> timestamps(TestSeries series) {
        List<Long> found = new ArrayList<>();
        SeriesCursor cursor = series.scan(Long.MIN_VALUE, Long.MAX_VALUE, false);
        for (SeriesRows rows = cursor.next(Integer.MAX_VALUE, Long.MAX_VALUE);
                rows != null;
                rows = cursor.next(Integer.MAX_VALUE, Long.MAX_VALUE)) {
            for (int i = 0; i < rows.count(); i++) {
                found.add(rows.timestamps()[i]);
            }
        }
        return found;
    }

    @Test
    void slowSeriesFillTheirTailInsteadOfLeavingTinyBlocks() {
        for (int round = 0; round < 100; round++) {
            put(series, 1000L * round, 50, 10, 0);
            series.seal(true);
        }

        assertEquals(0, series.windowSize());
        assertTrue(blocks.blocks.size() <= 5, () -> "blocks: " + blocks.blocks.size());
        assertEquals(5000, timestamps(series).size());
    }

    @Test
    void rowsNewerThanAllBlocksAreLookedForInTheWindowAlone() {
        put(series, 0, 4000, 10, 0);
        series.seal(true);
        put(series, 60_000, 100, 10, 0);
        put(series, 59_000, 1, 10, 0);
        series.delete(new long[] {60_010});
        long opened = counters.opened();

        assertTrue(series.contains(60_000));
        assertTrue(series.contains(59_000));
        assertFalse(series.contains(60_010));
        assertFalse(series.contains(60_005));
        assertFalse(series.contains(70_000));

        assertEquals(opened, counters.opened());
        assertTrue(series.contains(10));
        assertFalse(series.contains(15));
    }

    @Test
    void onlyWholeBlocksAreSealedWhenTheRestMayWait() {
        put(series, 0, 4000, 10, 0);
        series.seal(false);
        assertEquals(0, blocks.blocks.size());

        put(series, 40_000, 200, 10, 0);
        series.seal(false);

        assertEquals(1, blocks.blocks.size());
        assertEquals(104, series.windowSize());
    }

    @Test
    void changesOfSealedRowsBecomeOverlaysAndAreFolded() {
        put(series, 0, 4096, 10, 0);
        series.seal(true);
        put(series, 5, 100, 10, 0);
        assertEquals(1, blocks.overlays.size());
        assertEquals(4196, timestamps(series).size());

        put(series, 2005, 150, 10, 0);

        assertEquals(0, blocks.overlays.size());
        assertEquals(2, blocks.blocks.size());
        assertEquals(4346, timestamps(series).size());
    }

    @Test
    void manyLateRowsAreMergedIntoTheOrderedRun() {
        put(series, 100_000, 10, 10, 0);
        for (int i = 0; i < 1000; i++) {
            put(series, 7L * (i * 37 % 1000), 1, 10, 0);
        }

        List<Long> found = timestamps(series);
        assertEquals(1010, found.size());
        assertEquals(found.stream().sorted().toList(), found);
    }

    @Test
    void coveredAggregatesReadNoBody() {
        for (int i = 0; i < 5; i++) {
            put(series, 40_960L * i, 4096, 10, 0);
            series.seal(true);
        }
        long before = counters.bodiesRead();
        LongAggregate aggregate = (LongAggregate) ColumnAggregate.of(DataType.BIGINT);

        series.aggregate(0, 0, Long.MAX_VALUE, aggregate);

        assertEquals(5 * 4096, aggregate.count());
        assertEquals(3L * 10 * (5 * 4096 - 1), aggregate.max());
        assertEquals(before, counters.bodiesRead());
    }

    @Test
    void blocksUnderTheFloorAreDroppedAndTheirRowsRefused() {
        for (int i = 0; i < 4; i++) {
            put(series, 25_000L * i, 2500, 10, 0);
        }
        series.seal(true);

        series.raiseFloor(50_000);
        put(series, 20_000, 5, 10, 0);

        assertEquals(2, blocks.blocks.size());
        assertEquals(5000, timestamps(series).size());
        assertEquals(50_000, timestamps(series).get(0));
    }

    @Test
    void aColumnAddedLaterHasItsAbsentValue() {
        put(series, 0, 100, 10, 0);
        series.seal(true);
        List<Object> absent = new ArrayList<>(List.of(0L, 0.0, 7));
        SeriesShape wider = new SeriesShape(
                List.of(1, 2, 9), List.of(DataType.BIGINT, DataType.DOUBLE, DataType.INTEGER), new ArrayList<>(absent));

        SeriesRows rows = new TestSeries(wider, blocks)
                .scan(Long.MIN_VALUE, Long.MAX_VALUE, false)
                .next(Integer.MAX_VALUE, Long.MAX_VALUE);

        assertEquals(7, rows == null ? null : rows.columns()[2].value(99));
    }

    @Test
    void damagedOverlaysAreNoticed() {
        put(series, 0, 500, 10, 0);
        series.seal(true);
        put(series, 5, 3, 10, 0);
        byte[] overlay = blocks.overlays.firstEntry().getValue();
        SplittableRandom random = new SplittableRandom(Seeds.next("damagedOverlaysAreNoticed"));

        for (int at = 0; at < overlay.length; at++) {
            byte[] damaged = overlay.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = Arrays.copyOf(overlay, at);
            for (byte[] bad : List.of(damaged, cut)) {
                TrellisException e = assertThrows(TrellisException.class, () -> SeriesChanges.decode(bad, SHAPE));
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
            }
        }
    }

    /** A reader checks that rows are whole, ascend, and that none of those published before it began is missing. */
    @Test
    void readersSeeWholeRowsWhileTheWriterSealsAndFolds() throws InterruptedException, ExecutionException {
        SplittableRandom random = new SplittableRandom(Seeds.next("readersSeeWholeRows"));
        AtomicBoolean isDone = new AtomicBoolean();
        AtomicLong published = new AtomicLong();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> results = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                boolean descending = i == 1;
                results.add(readers.submit(() -> readUntil(isDone, published, descending)));
            }
            long next = 0;
            for (int step = 0; step < 2500; step++) {
                int count = 1 + random.nextInt(60);
                put(series, 10 * next, count, 10, 0);
                next += count;
                published.set(next);
                put(series, 10 * random.nextLong(next), 1, 10, 6 * random.nextLong(1000));
                switch (random.nextInt(10)) {
                    case 0 -> series.seal(true);
                    case 1 -> series.seal(false);
                    case 2 -> series.fold();
                    default -> {}
                }
            }
            isDone.set(true);
            for (Future<Long> result : results) {
                assertTrue(result.get() > 0);
            }
        } finally {
            isDone.set(true);
            readers.shutdown();
        }
    }

    private long readUntil(AtomicBoolean isDone, AtomicLong published, boolean descending) {
        long rounds = 0;
        do {
            long least = published.get();
            long seen = 0;
            long before = descending ? Long.MAX_VALUE : Long.MIN_VALUE;
            SeriesCursor cursor = series.scan(Long.MIN_VALUE, Long.MAX_VALUE, descending);
            for (SeriesRows rows = cursor.next(Integer.MAX_VALUE, Long.MAX_VALUE);
                    rows != null;
                    rows = cursor.next(Integer.MAX_VALUE, Long.MAX_VALUE)) {
                LongVector values = (LongVector) rows.columns()[0];
                DoubleVector halves = (DoubleVector) rows.columns()[1];
                for (int i = 0; i < rows.count(); i++) {
                    long timestamp = rows.timestamps()[i];
                    assertTrue(descending ? timestamp < before : timestamp > before, "order");
                    assertEquals(0, (values.get(i) - 3 * timestamp) % 6);
                    assertEquals(values.get(i) / 2.0, halves.get(i));
                    before = timestamp;
                    seen += timestamp < 10 * least ? 1 : 0;
                }
            }
            assertEquals(least, seen);
            rounds++;
        } while (!isDone.get());
        return rounds;
    }
}
