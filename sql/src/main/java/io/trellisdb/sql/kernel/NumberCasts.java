package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Casts whose result is a number or a boolean and whose argument is not a string. */
final class NumberCasts {
    /** Powers of ten up to here, and integers up to 2^53, are doubles exactly. */
    private static final long EXACT_DOUBLE = 1L << 53;

    private NumberCasts() {}

    static @Nullable Kernel find(DataType from, DataType to) {
        if (to.kind() == TypeKind.BOOLEAN) {
            return from.kind().isInteger() ? Kernels.booleans((a, row) -> a[0].integer(row) != 0) : null;
        }
        if (from.kind() == TypeKind.BOOLEAN) {
            return to.kind().isInteger() ? Kernels.longs(to, (a, row) -> a[0].integer(row)) : null;
        }
        if (!from.kind().isNumeric()) {
            return null;
        }
        if (to.layout() == Layout.DOUBLE) {
            return toApproximate(from, to);
        }
        if (from.layout() == Layout.DOUBLE) {
            return to.kind() == TypeKind.DECIMAL ? doubleToDecimal(to) : doubleToInteger(to);
        }
        if (from.kind().isInteger() && to.kind().isInteger()) {
            return integers(from, to);
        }
        if (from.kind().isInteger() && to.layout() == Layout.LONG) {
            return integerToShortDecimal(to);
        }
        return Kernels.any(
                to,
                (a, row, out) -> out.append(Decimals.boxed(
                        a[0].decimal(row), to, () -> a[0].decimal(row).toPlainString())));
    }

    private static Kernel toApproximate(DataType from, DataType to) {
        if (from.kind() == TypeKind.REAL) {
            return (a, rows) -> a[0].dense(rows).as(to);
        }
        if (from.kind() == TypeKind.DOUBLE) {
            return Kernels.doubles(to, (a, row) -> checkedReal(to, a[0].real(row)));
        }
        if (from.kind() == TypeKind.DECIMAL) {
            return Kernels.doubles(to, (a, row) -> checkedReal(to, toDouble(a[0], row)));
        }
        if (from.layout() == Layout.INT && to.kind() == TypeKind.DOUBLE) {
            return (a, rows) -> {
                IntVector source = (IntVector) a[0].dense(rows);
                double[] out = new double[rows];
                int[] values = source.values();
                for (int row = 0; row < rows; row++) {
                    out[row] = values[row];
                }
                return new DoubleVector(to, out, source.nulls(), rows);
            };
        }
        return Kernels.doubles(to, (a, row) -> a[0].integer(row));
    }

    private static double checkedReal(DataType to, double value) {
        boolean lost = to.kind() == TypeKind.REAL && Float.isInfinite((float) value) && !Double.isInfinite(value);
        if (lost) {
            throw outOfRange(to, value);
        }
        return value;
    }

    /** The nearest double of a DECIMAL. */
    static double toDouble(Operand a, int row) {
        int scale = a.type().scale();
        if (a.type().layout() == Layout.LONG) {
            long unscaled = a.integer(row);
            if (Math.abs(unscaled) <= EXACT_DOUBLE) {
                // both are exact, so the division rounds once
                return (double) unscaled / (double) Boxing.powerOfTen(scale);
            }
        }
        return a.decimal(row).doubleValue();
    }

    static TrellisException outOfRange(DataType to, Object value) {
        return new TrellisException(ErrorCode.NUMBER_OUT_OF_RANGE, "number is out of range of " + to + ": " + value);
    }

    private static Kernel doubleToInteger(DataType to) {
        long min = ValueRanges.min(to);
        long max = ValueRanges.max(to);
        return Kernels.longs(to, (a, row) -> {
            double value = a[0].real(row);
            double rounded =
                    Math.abs(value) < EXACT_DOUBLE ? Math.copySign(Math.floor(Math.abs(value) + 0.5), value) : value;
            // 0.49999999999999994 + 0.5 rounds up to 1
            if (Math.abs(value) < 0.5) {
                rounded = 0;
            }
            // 2^63 as a double is one too many; NaN fails both comparisons
            if (!(rounded >= -0x1p63 && rounded < 0x1p63) || (long) rounded < min || (long) rounded > max) {
                throw outOfRange(to, value);
            }
            return (long) rounded;
        });
    }

    private static Kernel doubleToDecimal(DataType to) {
        return Kernels.any(to, (a, row, out) -> {
            double value = a[0].real(row);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw outOfRange(to, value);
            }
            BigDecimal exact = a[0].type().kind() == TypeKind.REAL
                    ? new BigDecimal(Float.toString((float) value))
                    : BigDecimal.valueOf(value);
            out.append(Decimals.boxed(exact, to, () -> String.valueOf(value)));
        });
    }

    private static Kernel integers(DataType from, DataType to) {
        if (to.kind() == TypeKind.BIGINT && from.layout() == Layout.INT) {
            return (a, rows) -> {
                IntVector source = (IntVector) a[0].dense(rows);
                int[] values = source.values();
                long[] out = new long[rows];
                for (int row = 0; row < rows; row++) {
                    out[row] = values[row];
                }
                return new LongVector(to, out, source.nulls(), rows);
            };
        }
        if (to.layout() == Layout.INT && from.layout() == Layout.INT && ValueRanges.max(to) >= ValueRanges.max(from)) {
            return (a, rows) -> a[0].dense(rows).as(to);
        }
        return Kernels.longs(to, (a, row) -> {
            long value = a[0].integer(row);
            if (!ValueRanges.fits(to, value)) {
                throw outOfRange(to, value);
            }
            return value;
        });
    }

    private static Kernel integerToShortDecimal(DataType to) {
        long factor = Boxing.powerOfTen(to.scale());
        return Kernels.longs(to, (a, row) -> {
            long value = a[0].integer(row);
            long high = Math.multiplyHigh(value, factor);
            long low = value * factor;
            if (high != low >> 63 || !ValueRanges.fits(to, low)) {
                throw outOfRange(to, value);
            }
            return low;
        });
    }
}
