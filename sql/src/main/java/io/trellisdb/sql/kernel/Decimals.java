package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Exact arithmetic with DECIMAL results: on longs and 128 bits where they suffice, else on BigDecimal. */
final class Decimals {
    private Decimals() {}

    /** The exact result of one row before it is rounded to the result's scale. */
    @FunctionalInterface
    interface DecimalRow {
        BigDecimal at(Operand[] a, int row);
    }

    static @Nullable Kernel find(KernelRequest request) {
        DataType result = request.result();
        if (result.kind() != TypeKind.DECIMAL && !result.kind().isInteger()) {
            return null;
        }
        String operator = request.function();
        int leftScale = scale(request.type(0));
        int rightScale = scale(request.type(1));
        boolean shortArguments =
                request.type(0).layout() != Layout.INT128 && request.type(1).layout() != Layout.INT128;
        if (result.kind() == TypeKind.DECIMAL && shortArguments) {
            boolean additive = operator.equals("+") || operator.equals("-");
            boolean widens = result.scale() >= Math.max(leftScale, rightScale);
            if (additive && widens && result.layout() == Layout.LONG) {
                return shortSum(request, result.scale() - leftScale, result.scale() - rightScale);
            }
            if (operator.equals("*") && result.scale() == leftScale + rightScale) {
                return product(request);
            }
        }
        return rows(request, row(operator, result));
    }

    private static int scale(DataType type) {
        return type.kind() == TypeKind.DECIMAL ? type.scale() : 0;
    }

    private static DecimalRow row(String operator, DataType result) {
        int scale = scale(result);
        return switch (operator) {
            case "+" -> (a, row) -> a[0].decimal(row).add(a[1].decimal(row));
            case "-" -> (a, row) -> a[0].decimal(row).subtract(a[1].decimal(row));
            case "*" -> (a, row) -> a[0].decimal(row).multiply(a[1].decimal(row));
            case "/" ->
                (a, row) -> {
                    BigDecimal divisor = a[1].decimal(row);
                    if (divisor.signum() == 0) {
                        throw Arithmetic.divisionByZero(a[0].decimal(row).toPlainString() + " / 0");
                    }
                    return a[0].decimal(row).divide(divisor, scale, RoundingMode.HALF_UP);
                };
            default ->
                (a, row) -> {
                    BigDecimal divisor = a[1].decimal(row);
                    if (divisor.signum() == 0) {
                        throw Arithmetic.divisionByZero(a[0].decimal(row).toPlainString() + " MOD 0");
                    }
                    return a[0].decimal(row).remainder(divisor);
                };
        };
    }

    /** Rows computed one by one; overflow names the arguments. */
    private static Kernel rows(KernelRequest request, DecimalRow function) {
        DataType result = request.result();
        return Kernels.any(result, (a, row, out) -> {
            BigDecimal value = function.at(a, row);
            out.append(boxed(
                    value,
                    result,
                    () -> a[0].decimal(row).toPlainString() + " " + request.function() + " "
                            + a[1].decimal(row).toPlainString()));
        });
    }

    static Kernel unary(KernelRequest request, UnaryOperator<BigDecimal> function) {
        DataType result = request.result();
        return Kernels.any(
                result,
                (a, row, out) -> out.append(boxed(
                        function.apply(a[0].decimal(row)),
                        result,
                        () -> request.function() + " " + a[0].decimal(row).toPlainString())));
    }

    /** A value rounded half up to a DECIMAL or integer type, as its boxed class. */
    static Object boxed(BigDecimal value, DataType type, Supplier<String> expression) {
        BigInteger unscaled = round(value, scale(type));
        if (type.kind() == TypeKind.DECIMAL) {
            if (!fits(unscaled, type)) {
                throw Arithmetic.overflow(type, expression.get());
            }
            return new BigDecimal(unscaled, type.scale());
        }
        if (unscaled.bitLength() > 63 || !ValueRanges.fits(type, unscaled.longValue())) {
            throw Arithmetic.overflow(type, expression.get());
        }
        return type.kind() == TypeKind.BIGINT ? (Object) unscaled.longValue() : (Object) unscaled.intValue();
    }

    static BigInteger round(BigDecimal value, int scale) {
        return value.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
    }

    static boolean fits(BigInteger unscaled, DataType type) {
        return unscaled.bitLength() < 128
                && ValueRanges.fits(
                        DataType.decimal(type.precision(), type.scale()), Boxing.high(unscaled), Boxing.low(unscaled))
                && (type.layout() != Layout.LONG || unscaled.bitLength() < 64);
    }

    private static Kernel shortSum(KernelRequest request, int leftDigits, int rightDigits) {
        DataType result = request.result();
        boolean plus = request.function().equals("+");
        long leftFactor = Boxing.powerOfTen(Math.min(leftDigits, 18));
        long rightFactor = Boxing.powerOfTen(Math.min(rightDigits, 18));
        return Kernels.longs(result, (a, row) -> {
            try {
                long left = Math.multiplyExact(a[0].integer(row), leftFactor);
                long right = Math.multiplyExact(a[1].integer(row), rightFactor);
                long sum = plus ? Math.addExact(left, right) : Math.subtractExact(left, right);
                if (ValueRanges.fits(result, sum)) {
                    return sum;
                }
            } catch (ArithmeticException e) {
                // reported below, as when the sum has too many digits
            }
            throw Arithmetic.overflow(
                    result,
                    a[0].decimal(row).toPlainString() + " " + request.function() + " "
                            + a[1].decimal(row).toPlainString());
        });
    }

    private static Kernel product(KernelRequest request) {
        DataType result = request.result();
        boolean wide = result.layout() == Layout.INT128;
        return (a, rows) -> {
            if (Kernels.hasConstantNull(a)) {
                return Vectors.nulls(result, rows);
            }
            long[] nulls = Kernels.nulls(a, rows);
            long[] highs = new long[wide ? rows : 0];
            long[] lows = new long[rows];
            for (int row = 0; row < rows; row++) {
                if (NullBits.isNull(nulls, row)) {
                    continue;
                }
                long x = a[0].integer(row);
                long y = a[1].integer(row);
                long high = Math.multiplyHigh(x, y);
                long low = x * y;
                boolean fits =
                        wide ? ValueRanges.fits(result, high, low) : high == low >> 63 && ValueRanges.fits(result, low);
                if (!fits) {
                    throw Arithmetic.overflow(
                            result,
                            a[0].decimal(row).toPlainString() + " * "
                                    + a[1].decimal(row).toPlainString());
                }
                lows[row] = low;
                if (wide) {
                    highs[row] = high;
                }
            }
            return vector(result, highs, lows, nulls, rows);
        };
    }

    private static ColumnVector vector(DataType type, long[] highs, long[] lows, long @Nullable [] nulls, int rows) {
        return type.layout() == Layout.INT128
                ? new Int128Vector(type, highs, lows, nulls, rows)
                : new LongVector(type, lows, nulls, rows);
    }
}
