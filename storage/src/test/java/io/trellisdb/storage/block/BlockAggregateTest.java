package io.trellisdb.storage.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.aggregate.BytesAggregate;
import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.aggregate.LongAggregate;
import io.trellisdb.common.aggregate.WideAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Aggregates of blocks are those of their rows. */
final class BlockAggregateTest {
    private final BlockCounters counters = new BlockCounters();

    private static void assertSame(ColumnAggregate expected, ColumnAggregate actual, String what) {
        assertEquals(expected.rows(), actual.rows(), what);
        assertEquals(expected.count(), actual.count(), what);
        assertEquals(expected.startsWithNull(), actual.startsWithNull(), what);
        assertEquals(expected.endsWithNull(), actual.endsWithNull(), what);
        if (expected.count() == 0) {
            return;
        }
        if (expected instanceof LongAggregate left && actual instanceof LongAggregate right) {
            assertArrayEquals(
                    new long[] {left.min(), left.max(), left.first(), left.last()},
                    new long[] {right.min(), right.max(), right.first(), right.last()},
                    what);
            assertEquals(left.sum().toBigInteger(), right.sum().toBigInteger(), what);
        } else if (expected instanceof DoubleAggregate left && actual instanceof DoubleAggregate right) {
            assertEquals(left.min() + 0.0, right.min() + 0.0, what);
            assertEquals(left.max() + 0.0, right.max() + 0.0, what);
            assertEquals(left.first(), right.first(), what);
            assertEquals(left.last(), right.last(), what);
            double sum = left.sum().toDouble();
            assertEquals(sum, right.sum().toDouble(), Double.isFinite(sum) ? Math.abs(sum) * 1e-14 : 0, what);
        } else if (expected instanceof WideAggregate left && actual instanceof WideAggregate right) {
            assertEquals(left.min(), right.min(), what);
            assertEquals(left.max(), right.max(), what);
            assertEquals(left.first(), right.first(), what);
            assertEquals(left.last(), right.last(), what);
            assertEquals(left.sum().toBigInteger(), right.sum().toBigInteger(), what);
        } else if (expected instanceof BytesAggregate left && actual instanceof BytesAggregate right) {
            assertArrayEquals(left.min(), right.min(), what);
            assertArrayEquals(left.max(), right.max(), what);
            assertArrayEquals(left.first(), right.first(), what);
            assertArrayEquals(left.last(), right.last(), what);
        }
    }

    private static ColumnAggregate computed(ColumnVector column, int from, int to) {
        ColumnAggregate aggregate = ColumnAggregate.of(column.type());
        aggregate.add(column, from, to);
        return aggregate;
    }

    @Test
    void wholeAndPartialBlocksAggregateAsTheirRows() {
        long seed = Seeds.next("wholeAndPartialBlocksAggregateAsTheirRows");
        RandomColumns random = new RandomColumns(seed);
        SplittableRandom choice = new SplittableRandom(seed);
        for (int round = 0; round < 600; round++) {
            DataType type = RandomColumns.TYPES.get(round % RandomColumns.TYPES.size());
            int size = RandomColumns.SIZES[1 + choice.nextInt(5)] + choice.nextInt(300);
            ColumnVector column = random.column(type, size);
            Block block = Block.open(RandomColumns.encode(random.timestamps(size), column), counters);
            int from = choice.nextInt(size);
            int to = from + choice.nextInt(size - from + 1);

            assertSame(computed(column, 0, size), block.aggregate(0, type), type + " whole, size " + size);
            ColumnAggregate part = ColumnAggregate.of(type);
            block.addTo(part, 0, type, from, to);
            assertSame(computed(column, from, to), part, type + " part of size " + size);
        }
    }

    @Test
    void sumsOfPartsAreThoseOfTheRows() {
        long seed = Seeds.next("sumsOfPartsAreThoseOfTheRows");
        RandomColumns random = new RandomColumns(seed);
        SplittableRandom choice = new SplittableRandom(seed);
        for (int round = 0; round < 600; round++) {
            DataType type = choice.nextBoolean() ? DataType.BIGINT : DataType.INTEGER;
            int size = 1 + choice.nextInt(4096);
            ColumnVector column = random.column(type, size);
            Block block = Block.open(RandomColumns.encode(random.timestamps(size), column), counters);
            int from = choice.nextInt(size);
            int to = from + choice.nextInt(size - from + 1);

            LongAggregate sum = (LongAggregate) ColumnAggregate.of(type);
            block.addSumTo(sum, 0, type, from, to);
            LongAggregate expected = (LongAggregate) computed(column, from, to);
            assertEquals(expected.sum().toBigInteger(), sum.sum().toBigInteger(), "round " + round);
            assertEquals(expected.count(), sum.count(), "round " + round);
        }
    }

    @Test
    void coveredAggregatesTouchNoBody() {
        RandomColumns random = new RandomColumns(11);
        ColumnVector[] columns = RandomColumns.TYPES.stream()
                .filter(type -> type.element() == null && !type.equals(DataType.BLOB))
                .map(type -> random.column(type, 4096, 3, 1))
                .toArray(ColumnVector[]::new);
        Block block = Block.open(RandomColumns.encode(random.timestamps(4096), columns), counters);

        for (int i = 0; i < columns.length; i++) {
            ColumnAggregate into = ColumnAggregate.of(columns[i].type());
            block.addTo(into, i, columns[i].type(), 0, 4096);
            assertSame(computed(columns[i], 0, 4096), into, "column " + i);
        }

        assertEquals(0, counters.bodiesRead());
    }

    @Test
    void decimalSumsDoNotDependOnBlockBoundaries() {
        long seed = Seeds.next("decimalSumsDoNotDependOnBlockBoundaries");
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[5000];
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < values.length; i++) {
            BigDecimal decimal = BigDecimal.valueOf(random.nextLong(-100_000_000, 100_000_000), random.nextInt(7));
            values[i] = decimal.doubleValue();
            exact = exact.add(decimal);
        }
        for (int blockRows : new int[] {1, 7, 100, 999, 4096}) {
            DoubleAggregate total = (DoubleAggregate) ColumnAggregate.of(DataType.DOUBLE);
            for (int from = 0; from < values.length; from += blockRows) {
                int rows = Math.min(blockRows, values.length - from);
                double[] part = Arrays.copyOfRange(values, from, from + rows);
                long[] timestamps = new long[rows];
                Arrays.setAll(timestamps, i -> i);
                byte[] bytes = RandomColumns.encode(timestamps, new DoubleVector(DataType.DOUBLE, part, null, rows));
                Block block = Block.open(bytes, counters);
                block.addSumTo(total, 0, DataType.DOUBLE, 0, rows / 2);
                block.addSumTo(total, 0, DataType.DOUBLE, rows / 2, rows);
            }
            assertEquals(exact.doubleValue(), total.sum().toDouble(), "blocks of " + blockRows);
            assertEquals(values.length, total.count());
        }
    }

    @Test
    void sumsOfTheLargestDoublesOverflowOnlyAtTheEnd() {
        double[] values = {Double.MAX_VALUE, 0.1, Double.MAX_VALUE, -Double.MAX_VALUE, Math.PI, -Double.MAX_VALUE, -0.1
        };
        for (int cut = 1; cut < values.length; cut++) {
            DoubleAggregate total = (DoubleAggregate) ColumnAggregate.of(DataType.DOUBLE);
            for (double[] part : List.of(Arrays.copyOf(values, cut), Arrays.copyOfRange(values, cut, values.length))) {
                byte[] bytes = RandomColumns.encode(
                        LongStream.range(0, part.length).toArray(),
                        new DoubleVector(DataType.DOUBLE, part, null, part.length));
                total.merge(Block.open(bytes, counters).aggregate(0, DataType.DOUBLE));
            }
            assertEquals(Math.PI, total.sum().toDouble(), "cut at " + cut);
        }
    }

    @Test
    void sumsOfTheLargestIntegersDoNotOverflow() {
        long[] values = new long[4096];
        Arrays.fill(values, Long.MAX_VALUE);
        values[17] = Long.MIN_VALUE;
        long[] timestamps = new long[4096];
        Arrays.setAll(timestamps, i -> i);
        Block block = Block.open(
                RandomColumns.encode(timestamps, new LongVector(DataType.BIGINT, values, null, 4096)), counters);

        BigInteger expected = BigInteger.valueOf(Long.MAX_VALUE)
                .multiply(BigInteger.valueOf(4095))
                .add(BigInteger.valueOf(Long.MIN_VALUE));
        LongAggregate sum = (LongAggregate) block.aggregate(0, DataType.BIGINT);
        assertEquals(expected, sum.sum().toBigInteger());
    }

    @Test
    void nanIsGreatestAndInfinitiesSum() {
        double[] values = {1, Double.NaN, -5, Double.POSITIVE_INFINITY};
        Block block = Block.open(
                RandomColumns.encode(new long[] {1, 2, 3, 4}, new DoubleVector(DataType.DOUBLE, values, null, 4)),
                counters);
        DoubleAggregate aggregate = (DoubleAggregate) block.aggregate(0, DataType.DOUBLE);

        assertTrue(Double.isNaN(aggregate.max()));
        assertEquals(-5, aggregate.min());
        assertTrue(Double.isNaN(aggregate.sum().toDouble()));
    }
}
