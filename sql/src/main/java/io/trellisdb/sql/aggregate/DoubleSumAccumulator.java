package io.trellisdb.sql.aggregate;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.aggregate.DoubleSum;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of floats. The sum is kept as the unevaluated sum of two doubles (about 106 bits; Knuth's two-sum, TAOCP 2,
 * 4.2.2), so that the order in which rows and partial sums come does not show in the result while fewer than about 50 bits
 * of the summands cancel.
 */
final class DoubleSumAccumulator extends Accumulator {
    private final String function;
    private double[] sums = {};
    private double[] errors = {};
    private long[] counts = {};
    /** Whether an argument was infinite; without one, an infinite sum is an overflow. */
    private boolean[] infinite = {};

    DoubleSumAccumulator(String function) {
        this.function = function;
    }

    @Override
    public void resize(int groups) {
        int length = grown(sums.length, groups);
        sums = Arrays.copyOf(sums, length);
        errors = Arrays.copyOf(errors, length);
        counts = Arrays.copyOf(counts, length);
        infinite = Arrays.copyOf(infinite, length);
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        DoubleVector column = (DoubleVector) arguments[0];
        boolean nulls = column.mayHaveNulls();
        double[] values = column.values();
        for (int k = 0; k < count; k++) {
            int row = rows[k];
            if (nulls && column.isNull(row)) {
                continue;
            }
            int group = groups[row];
            counts[group]++;
            add(group, values[row], 0);
        }
    }

    private void add(int group, double value, double error) {
        double old = sums[group];
        double sum = old + value;
        if (Double.isInfinite(sum) || Double.isNaN(sum)) {
            infinite[group] |= Double.isInfinite(value) || Double.isNaN(value);
            sums[group] = sum;
            errors[group] = 0;
            return;
        }
        double shifted = sum - old;
        double lost = old - (sum - shifted) + (value - shifted) + (errors[group] + error);
        double high = sum + lost;
        sums[group] = high;
        errors[group] = lost - (high - sum);
    }

    @Override
    public void addAggregate(int group, long rows, @Nullable ColumnAggregate column) {
        if (column instanceof DoubleAggregate doubles && doubles.count() > 0) {
            counts[group] += doubles.count();
            DoubleSum sum = doubles.sum();
            double nearest = sum.toDouble();
            if (Double.isInfinite(nearest) && !sum.hasSpecial()) {
                throw Results.overflow(function, DataType.DOUBLE, nearest);
            }
            add(group, nearest, sum.remainder());
        }
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        if (counts[group] == 0) {
            if (function.equals("SUM0")) {
                Results.append(out, 0.0, function);
            } else {
                out.appendNull();
            }
            return;
        }
        double sum = sums[group] + errors[group];
        if (Double.isInfinite(sum) && !infinite[group]) {
            throw Results.overflow(function, out.type(), sum);
        }
        Results.append(out, function.equals("AVG") ? sum / counts[group] : sum, function);
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.DOUBLE, DataType.DOUBLE, DataType.BIGINT);
    }

    @Override
    public void appendState(int group, VectorBuilder[] out) {
        if (Double.isInfinite(sums[group]) && !infinite[group]) {
            throw Results.overflow(function, DataType.DOUBLE, sums[group]);
        }
        ((DoubleVectorBuilder) out[0]).appendDouble(sums[group]);
        ((DoubleVectorBuilder) out[1]).appendDouble(errors[group]);
        ((LongVectorBuilder) out[2]).appendLong(counts[group]);
    }

    @Override
    public void merge(ColumnVector[] states, int row, int group) {
        DoubleVector otherSums = (DoubleVector) states[0];
        DoubleVector otherErrors = (DoubleVector) states[1];
        LongVector otherCounts = (LongVector) states[2];
        add(group, otherSums.get(row), otherErrors.get(row));
        counts[group] += otherCounts.get(row);
    }

    @Override
    public long sizeBytes() {
        return 25L * sums.length;
    }
}
