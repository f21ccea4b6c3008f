package io.trellisdb.bench.block;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.block.Block;
import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.storage.block.BlockWriter;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Blocks of 4,096 rows with ten DOUBLE columns; the unit is values per second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(1)
public class BlockBenchmark {
    private static final int ROWS = 4096;
    private static final int COLUMNS = 10;
    private static final int VALUES = ROWS * COLUMNS;

    /** The shape of the values, as in the data set of the benchmark page. */
    public enum Shape {
        TSBS(1),
        SENSOR(100),
        RAW64(0);

        private final double unit;

        Shape(double unit) {
            this.unit = unit;
        }

        double round(double value) {
            return unit == 0 ? value : Math.rint(value * unit) / unit;
        }
    }

    @Param({"TSBS", "SENSOR", "RAW64"})
    Shape shape = Shape.TSBS;

    private final BlockWriter writer = new BlockWriter();
    private final BlockCounters counters = new BlockCounters();
    private final long[] timestamps = new long[ROWS];
    private final int[] ids = new int[COLUMNS];
    private Batch batch = new Batch(0);
    private byte[] encoded = new byte[0];

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(123);
        ColumnVector[] columns = new ColumnVector[COLUMNS];
        for (int column = 0; column < COLUMNS; column++) {
            ids[column] = column + 1;
            double[] values = new double[ROWS];
            double value = 100 * random.nextDouble();
            for (int row = 0; row < ROWS; row++) {
                value = Math.max(0, Math.min(100, value + random.nextGaussian()));
                values[row] = shape.round(value);
                timestamps[row] = 1_700_000_000_000L + 10_000L * row;
            }
            columns[column] = new DoubleVector(DataType.DOUBLE, values, null, ROWS);
        }
        batch = new Batch(ROWS, columns);
        encoded = writer.encode(timestamps, ids, batch);
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public byte[] encode() {
        return writer.encode(timestamps, ids, batch);
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public double decode() {
        Block block = Block.open(encoded, counters);
        double last = 0;
        for (int column = 0; column < COLUMNS; column++) {
            last += ((DoubleVector) block.decode(column, DataType.DOUBLE, 0, ROWS)).get(ROWS - 1);
        }
        return last;
    }

    /** All rows but one, so that no header answers. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public double sumPartOfBlock() {
        Block block = Block.open(encoded, counters);
        double total = 0;
        for (int column = 0; column < COLUMNS; column++) {
            DoubleAggregate sum = (DoubleAggregate) ColumnAggregate.of(DataType.DOUBLE);
            block.addSumTo(sum, column, DataType.DOUBLE, 0, ROWS - 1);
            total += sum.sum().toDouble();
        }
        return total;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public double aggregateFromHeader() {
        Block block = Block.open(encoded, counters);
        double total = 0;
        for (int column = 0; column < COLUMNS; column++) {
            total += ((DoubleAggregate) block.aggregate(column, DataType.DOUBLE)).max();
        }
        return total;
    }
}
