package io.trellisdb.storage.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.Seeds;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What goes into a block comes back bit by bit, whatever codec was chosen. */
final class BlockRoundTripTest {
    private final BlockCounters counters = new BlockCounters();

    @Test
    void everyTypeSizeAndStyleComesBackBitByBit() {
        long seed = Seeds.next("everyTypeSizeAndStyleComesBackBitByBit");
        RandomColumns random = new RandomColumns(seed);
        for (int size : RandomColumns.SIZES) {
            for (DataType type : RandomColumns.TYPES) {
                for (int style = 0; style < RandomColumns.STYLES; style++) {
                    int nullStyle = (style + size) % 5;
                    ColumnVector column = random.column(type, size, style, nullStyle);
                    long[] timestamps = random.timestamps(size);
                    Block block = Block.open(RandomColumns.encode(timestamps, column), counters);

                    String what = type + " style " + style + " nulls " + nullStyle + " size " + size;
                    assertArrayEquals(timestamps, block.timestamps(), what);
                    RandomColumns.assertSame(column, block.decode(0, type, 0, size), what);
                }
            }
        }
    }

    @Test
    void anyRangeOfRowsComesBack() {
        long seed = Seeds.next("anyRangeOfRowsComesBack");
        SplittableRandom choice = new SplittableRandom(seed);
        RandomColumns random = new RandomColumns(seed);
        for (int round = 0; round < 400; round++) {
            int size = 1 + choice.nextInt(600);
            DataType type = RandomColumns.TYPES.get(choice.nextInt(RandomColumns.TYPES.size()));
            ColumnVector column = random.column(type, size);
            Block block = Block.open(RandomColumns.encode(random.timestamps(size), column), counters);
            int from = choice.nextInt(size + 1);
            int to = from + choice.nextInt(size - from + 1);

            RandomColumns.assertSame(
                    column.slice(from, to), block.decode(0, type, from, to), type + " " + from + ".." + to);
        }
    }

    @Test
    void columnsAreFoundByIdAndReadAlone() {
        RandomColumns random = new RandomColumns(1);
        ColumnVector[] columns = RandomColumns.TYPES.stream()
                .map(type -> random.column(type, 500))
                .toArray(ColumnVector[]::new);
        Block block = Block.open(RandomColumns.encode(random.timestamps(500), columns), counters);

        for (int i = 0; i < columns.length; i++) {
            int found = block.findColumn(7 + 3 * i);
            long before = counters.bodiesRead();
            RandomColumns.assertSame(columns[i], block.decode(found, columns[i].type(), 0, 500), "column " + i);
            assertEquals(before + 1, counters.bodiesRead());
        }
        assertEquals(-1, block.findColumn(8));
    }

    @Test
    void rowsAreFoundByTimestamp() {
        RandomColumns random = new RandomColumns(3);
        ColumnVector column = random.column(DataType.BIGINT, 300, 3, 0);
        long[] timestamps = new long[300];
        for (int i = 0; i < timestamps.length; i++) {
            timestamps[i] = 1000 + 10L * i + (i > 200 ? 5 : 0);
        }
        Block block = Block.open(RandomColumns.encode(timestamps, column), counters);

        assertEquals(0, block.firstRowAtOrAfter(Long.MIN_VALUE));
        assertEquals(0, block.firstRowAtOrAfter(1000));
        assertEquals(1, block.firstRowAtOrAfter(1001));
        assertEquals(299, block.firstRowAtOrAfter(timestamps[299]));
        assertEquals(300, block.firstRowAtOrAfter(timestamps[299] + 1));
    }

    @Test
    void equalRowsHaveEqualBytes() {
        RandomColumns random = new RandomColumns(5);
        ColumnVector column = random.column(DataType.DOUBLE, 3000, 5, 1);
        long[] timestamps = random.timestamps(3000);
        BlockWriter used = new BlockWriter();
        used.encode(timestamps, new int[] {1}, new Batch(3000, random.column(DataType.TEXT, 3000)));

        assertArrayEquals(
                RandomColumns.encode(timestamps, column),
                used.encode(timestamps, new int[] {7}, new Batch(3000, column)));
    }

    @Test
    void timestampsMustAscend() {
        ColumnVector column = new RandomColumns(1).column(DataType.BIGINT, 2, 0, 0);

        assertThrows(IllegalArgumentException.class, () -> RandomColumns.encode(new long[] {5, 5}, column));
    }

    private static double bitsPerValue(ColumnVector column) {
        long[] timestamps = new long[column.size()];
        for (int i = 0; i < timestamps.length; i++) {
            timestamps[i] = 1_700_000_000_000L + 10_000L * i;
        }
        return 8.0 * RandomColumns.encode(timestamps, column).length / column.size();
    }

    @Test
    void seriesAreAsSmallAsTheirContent() {
        Random normal = new Random(123);
        double[] integers = new double[4096];
        double[] hundredths = new double[4096];
        double[] constant = new double[4096];
        long[] gaps = new long[4096];
        double value = 50;
        for (int i = 0; i < 4096; i++) {
            value = Math.max(0, Math.min(100, value + normal.nextGaussian()));
            integers[i] = Math.rint(value);
            hundredths[i] = Math.rint(value * 100) / 100;
            constant[i] = 7.25;
            gaps[i] = 10L * i + (i > 1000 ? 86_400_000 : 0) + (i > 3000 ? 3_600_000 : 0);
        }
        double header = bitsPerValue(new DoubleVector(DataType.DOUBLE, constant, null, 4096));
        double walk = bitsPerValue(new DoubleVector(DataType.DOUBLE, integers, null, 4096));
        double sensor = bitsPerValue(new DoubleVector(DataType.DOUBLE, hundredths, null, 4096));
        double regular = bitsPerValue(new LongVector(DataType.BIGINT, gaps, null, 4096));

        assertTrue(header < 0.5, "constant and regular timestamps: " + header);
        assertTrue(walk < 4.1, "integer walk: " + walk);
        assertTrue(sensor < 11, "two decimals: " + sensor);
        assertTrue(regular < 0.6, "regular with gaps: " + regular);
    }
}
