package io.trellisdb.sql.aggregate;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.aggregate.IntegerSum;
import io.trellisdb.common.aggregate.LongAggregate;
import io.trellisdb.common.aggregate.WideAggregate;
import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.Int128VectorBuilder;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SUM and AVG of integers, DECIMALs and intervals: exact in 128 bits. */
final class ExactSumAccumulator extends Accumulator {
    /** More digits than any DECIMAL result keeps. */
    private static final MathContext AVERAGE = new MathContext(80, RoundingMode.HALF_UP);

    private final String function;
    private final boolean average;
    private final boolean zeroWhenEmpty;
    private final int scale;
    private final DataType stateType;
    private long[] highs = {};
    private long[] lows = {};
    private long[] counts = {};

    ExactSumAccumulator(String function, DataType argument) {
        this.function = function;
        this.average = function.equals("AVG");
        this.zeroWhenEmpty = function.equals("SUM0");
        this.scale = argument.kind() == TypeKind.DECIMAL ? argument.scale() : 0;
        this.stateType = DataType.decimal(DataType.MAX_DECIMAL_PRECISION, scale);
    }

    @Override
    public void resize(int groups) {
        int length = grown(lows.length, groups);
        highs = Arrays.copyOf(highs, length);
        lows = Arrays.copyOf(lows, length);
        counts = Arrays.copyOf(counts, length);
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        ColumnVector column = arguments[0];
        boolean nulls = column.mayHaveNulls();
        for (int k = 0; k < count; k++) {
            int row = rows[k];
            if (nulls && column.isNull(row)) {
                continue;
            }
            int group = groups[row];
            counts[group]++;
            if (column instanceof LongVector vector) {
                add(group, vector.get(row));
            } else if (column instanceof IntVector vector) {
                add(group, vector.get(row));
            } else {
                Int128Vector vector = (Int128Vector) column;
                add(group, vector.high(row), vector.low(row));
            }
        }
    }

    private void add(int group, long value) {
        add(group, value >> 63, value);
    }

    private void add(int group, long high, long low) {
        long oldLow = lows[group];
        long newLow = oldLow + low;
        long carry = Long.compareUnsigned(newLow, oldLow) < 0 ? 1 : 0;
        long oldHigh = highs[group];
        long newHigh = oldHigh + high + carry;
        if (((oldHigh ^ newHigh) & (high ^ newHigh)) < 0) {
            throw Results.overflow(function, stateType, "more than 128 bits");
        }
        lows[group] = newLow;
        highs[group] = newHigh;
    }

    @Override
    public void addAggregate(int group, long rows, @Nullable ColumnAggregate column) {
        if (column == null || column.count() == 0) {
            return;
        }
        counts[group] += column.count();
        IntegerSum sum = column instanceof LongAggregate longs ? longs.sum() : ((WideAggregate) column).sum();
        if (sum.isLong()) {
            add(group, sum.toLong());
            return;
        }
        BigInteger wide = sum.toBigInteger();
        if (wide.bitLength() > 127) {
            throw Results.overflow(function, stateType, "more than 128 bits");
        }
        add(group, Boxing.high(wide), Boxing.low(wide));
    }

    /** Takes rows out again, for frames that slide. */
    void subtract(ColumnVector column, int row) {
        if (column.isNull(row)) {
            return;
        }
        counts[0]--;
        long high;
        long low;
        if (column instanceof Int128Vector vector) {
            high = vector.high(row);
            low = vector.low(row);
        } else {
            low = column instanceof LongVector vector ? vector.get(row) : ((IntVector) column).get(row);
            high = low >> 63;
        }
        add(0, low == 0 ? -high : ~high, -low);
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        if (counts[group] == 0) {
            if (zeroWhenEmpty) {
                Results.append(out, BigDecimal.ZERO, function);
            } else {
                out.appendNull();
            }
            return;
        }
        TypeKind kind = out.type().kind();
        boolean interval = kind == TypeKind.INTERVAL_MONTH || kind == TypeKind.INTERVAL_NANO;
        boolean fitsLong = highs[group] == lows[group] >> 63;
        if (!average && fitsLong && kind == TypeKind.BIGINT) {
            ((LongVectorBuilder) out).appendLong(lows[group]);
            return;
        }
        BigDecimal sum = new BigDecimal(Boxing.toBigInteger(highs[group], lows[group]), scale);
        BigDecimal value = average ? sum.divide(BigDecimal.valueOf(counts[group]), AVERAGE) : sum;
        if (interval && !(fitsLong && ValueRanges.fits(out.type(), lows[group]))) {
            throw new TrellisException(
                    ErrorCode.DATETIME_OVERFLOW, "result of " + function + " is out of range of " + out.type());
        }
        Results.append(out, value, function);
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(stateType, DataType.BIGINT);
    }

    @Override
    public void appendState(int group, VectorBuilder[] out) {
        if (!ValueRanges.fits(stateType, highs[group], lows[group])) {
            throw Results.overflow(function, stateType, Boxing.toBigInteger(highs[group], lows[group]));
        }
        ((Int128VectorBuilder) out[0]).append(highs[group], lows[group]);
        ((LongVectorBuilder) out[1]).appendLong(counts[group]);
    }

    @Override
    public void merge(ColumnVector[] states, int row, int group) {
        Int128Vector sums = (Int128Vector) states[0];
        LongVector others = (LongVector) states[1];
        add(group, sums.high(row), sums.low(row));
        counts[group] += others.get(row);
    }

    @Override
    public long sizeBytes() {
        return 24L * lows.length;
    }
}
