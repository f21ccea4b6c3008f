package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.Casts;
import java.util.Arrays;
import java.util.List;

/**
 * Variances, covariances and what follows from them, over pairs (y, x); a single argument is its own pair. Means and centred
 * sums are updated row by row and merged by pairs (Welford 1962; Chan, Golub, LeVeque 1983), which stays exact where sums of
 * squares would cancel.
 */
final class MomentsAccumulator extends Accumulator {
    private final String function;
    private long[] counts = {};
    private double[] meansX = {};
    private double[] meansY = {};
    private double[] squaresX = {};
    private double[] squaresY = {};
    private double[] products = {};

    MomentsAccumulator(String function) {
        this.function = function;
    }

    @Override
    public ColumnVector[] prepare(ColumnVector[] arguments) {
        ColumnVector[] doubles = new ColumnVector[arguments.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = Casts.toDouble(arguments[i]);
        }
        return doubles;
    }

    @Override
    public void resize(int groups) {
        int length = grown(counts.length, groups);
        counts = Arrays.copyOf(counts, length);
        meansX = Arrays.copyOf(meansX, length);
        meansY = Arrays.copyOf(meansY, length);
        squaresX = Arrays.copyOf(squaresX, length);
        squaresY = Arrays.copyOf(squaresY, length);
        products = Arrays.copyOf(products, length);
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        DoubleVector ys = (DoubleVector) arguments[0];
        DoubleVector xs = (DoubleVector) arguments[arguments.length - 1];
        for (int k = 0; k < count; k++) {
            int row = rows[k];
            if (!ys.isNull(row) && !xs.isNull(row)) {
                add(groups[row], 1, xs.get(row), ys.get(row), 0, 0, 0);
            }
        }
    }

    private void add(int group, long count, double x, double y, double squareX, double squareY, double product) {
        long before = counts[group];
        long total = before + count;
        double deltaX = x - meansX[group];
        double deltaY = y - meansY[group];
        double weight = (double) before * count / total;
        counts[group] = total;
        meansX[group] += deltaX * count / total;
        meansY[group] += deltaY * count / total;
        squaresX[group] += squareX + deltaX * deltaX * weight;
        squaresY[group] += squareY + deltaY * deltaY * weight;
        products[group] += product + deltaX * deltaY * weight;
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        long count = counts[group];
        boolean sample = function.endsWith("_SAMP");
        if (function.equals("REGR_COUNT")) {
            Results.append(out, count, function);
            return;
        }
        if (count == 0 || sample && count == 1) {
            out.appendNull();
            return;
        }
        double divisor = sample ? count - 1 : count;
        double sx = squaresX[group];
        double sy = squaresY[group];
        double sxy = products[group];
        boolean undefined =
                switch (function) {
                    case "CORR" -> sx == 0 || sy == 0;
                    case "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2" -> sx == 0;
                    default -> false;
                };
        if (undefined) {
            out.appendNull();
            return;
        }
        double result =
                switch (function) {
                    case "VAR_POP", "VAR_SAMP" -> sx / divisor;
                    case "STDDEV_POP", "STDDEV_SAMP" -> Math.sqrt(sx / divisor);
                    case "COVAR_POP", "COVAR_SAMP" -> sxy / divisor;
                    case "CORR" -> Math.max(-1, Math.min(1, sxy / Math.sqrt(sx * sy)));
                    case "REGR_SLOPE" -> sxy / sx;
                    case "REGR_INTERCEPT" -> meansY[group] - meansX[group] * sxy / sx;
                    case "REGR_R2" -> sy == 0 ? 1 : sxy * sxy / (sx * sy);
                    case "REGR_SXX" -> sx;
                    case "REGR_SYY" -> sy;
                    case "REGR_SXY" -> sxy;
                    case "REGR_AVGX" -> meansX[group];
                    default -> meansY[group];
                };
        Results.append(out, result, function);
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(
                DataType.BIGINT, DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE, DataType.DOUBLE);
    }

    @Override
    public void appendState(int group, VectorBuilder[] out) {
        ((LongVectorBuilder) out[0]).appendLong(counts[group]);
        double[][] states = {meansX, meansY, squaresX, squaresY, products};
        for (int i = 0; i < states.length; i++) {
            ((DoubleVectorBuilder) out[i + 1]).appendDouble(states[i][group]);
        }
    }

    @Override
    public void merge(ColumnVector[] states, int row, int group) {
        LongVector others = (LongVector) states[0];
        if (others.get(row) > 0) {
            add(
                    group,
                    others.get(row),
                    ((DoubleVector) states[1]).get(row),
                    ((DoubleVector) states[2]).get(row),
                    ((DoubleVector) states[3]).get(row),
                    ((DoubleVector) states[4]).get(row),
                    ((DoubleVector) states[5]).get(row));
        }
    }

    @Override
    public long sizeBytes() {
        return 48L * counts.length;
    }
}
