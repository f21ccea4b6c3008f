package io.trellisdb.bench.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DataSetTest {
    private static final Shape SMALL = new Shape(20, 2_000);

    private static long checksum(Iterator<CpuRow> rows) {
        CRC32 crc = new CRC32();
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (2 + Cpu.VALUES));
        rows.forEachRemaining(row -> {
            bytes.clear().putLong(row.timestampMillis()).putLong(row.host());
            for (double value : row.values()) {
                bytes.putDouble(value);
            }
            crc.update(bytes.flip());
        });
        return crc.getValue();
    }

    private static Map<String, Integer> timesPerKey(Iterator<CpuRow> rows) {
        Map<String, Integer> times = new HashMap<>();
        rows.forEachRemaining(row -> times.merge(row.host() + "@" + row.timestampMillis(), 1, Integer::sum));
        return times;
    }

    @ParameterizedTest
    @EnumSource
    void everyReadingGivesTheSameBytes(Variant variant) {
        DataSet even = new DataSet(SMALL, variant, false);
        DataSet patchy = new DataSet(SMALL, variant, true);

        assertEquals(checksum(even.ordered()), checksum(even.ordered()));
        assertEquals(checksum(even.arrivals()), checksum(even.arrivals()));
        assertEquals(checksum(patchy.ordered()), checksum(patchy.ordered()));
        assertEquals(checksum(patchy.arrivals()), checksum(patchy.arrivals()));
        assertNotEquals(checksum(even.ordered()), checksum(even.arrivals()));
    }

    @Test
    void scalesHaveTheRowsTheyAreKnownFor() {
        assertEquals(216_000, Scale.XS.shape().rows());
        assertEquals(2_592_000, Scale.S.shape().rows());
        assertEquals(1_440_000, Scale.W.shape().rows());
        assertEquals(25_920_000, Scale.L.shape().rows());
        assertEquals(4_320_000, Scale.IOT.shape().rows());
        assertEquals(500_000, Scale.MANY.shape().rows());
    }

    @Test
    void rowsComeInOrderOfTimeAndHost() {
        Iterator<CpuRow> rows = new DataSet(SMALL, Variant.TSBS, false).ordered();

        for (long i = 0; i < SMALL.rows(); i++) {
            CpuRow row = rows.next();
            assertEquals(i % SMALL.hosts(), row.host());
            assertEquals(Shape.BEGIN_MILLIS + i / SMALL.hosts() * Shape.TICK_MILLIS, row.timestampMillis(), "row " + i);
        }
        assertTrue(!rows.hasNext());
    }

    @Test
    void valuesStayBetweenZeroAndHundredWithTheVariantsDecimals() {
        new DataSet(SMALL, Variant.TSBS, false).ordered().forEachRemaining(row -> {
            for (double value : row.values()) {
                assertTrue(value >= 0 && value <= 100 && value == Math.rint(value), () -> "value " + value);
            }
        });
        new DataSet(SMALL, Variant.SENSOR, false).ordered().forEachRemaining(row -> {
            for (double value : row.values()) {
                assertTrue(value >= 0 && value <= 100, () -> "value " + value);
                assertEquals(Double.parseDouble(String.format(java.util.Locale.ROOT, "%.2f", value)), value);
            }
        });
    }

    @Test
    void variantsRoundTheSameWalk() {
        Iterator<CpuRow> whole = new DataSet(SMALL, Variant.TSBS, false).ordered();

        new DataSet(SMALL, Variant.RAW64, false).ordered().forEachRemaining(raw -> {
            double[] rounded = raw.values().clone();
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = Math.rint(rounded[i]);
            }
            assertArrayEquals(rounded, whole.next().values());
        });
    }

    @Test
    void aTenthOfTheArrivalsIsLateByAtMostAnHour() {
        DataSet data = new DataSet(SMALL, Variant.TSBS, false);
        long[] now = {Long.MIN_VALUE};
        int[] late = {0};

        data.arrivals().forEachRemaining(row -> {
            now[0] = Math.max(now[0], row.timestampMillis());
            late[0] += row.timestampMillis() < now[0] ? 1 : 0;
            assertTrue(now[0] - row.timestampMillis() <= 3_600_000);
        });

        assertEquals(0.10, late[0] / (double) SMALL.rows(), 0.01);
        assertEquals(timesPerKey(data.ordered()), timesPerKey(data.arrivals()));
    }

    @Test
    void patchyDataMissesATenthAndRepeatsAHundredth() {
        DataSet data = new DataSet(SMALL, Variant.TSBS, true);

        Map<String, Integer> ordered = timesPerKey(data.ordered());
        Map<String, Integer> arrived = timesPerKey(data.arrivals());

        assertEquals(0.90, ordered.size() / (double) SMALL.rows(), 0.01);
        assertEquals(ordered.keySet(), arrived.keySet());
        long repeated = arrived.values().stream().filter(times -> times == 2).count();
        assertEquals(0.01, repeated / (double) ordered.size(), 0.003);
    }

    @Test
    void noBatchHoldsOneRowTwice() {
        DataSet data = new DataSet(new Shape(1_000, 500), Variant.TSBS, true);
        Set<String> batch = new HashSet<>();
        int[] count = {0};

        data.arrivals().forEachRemaining(row -> {
            if (count[0]++ % 1000 == 0) {
                batch.clear();
            }
            assertTrue(batch.add(row.host() + "@" + row.timestampMillis()));
        });
    }
}
