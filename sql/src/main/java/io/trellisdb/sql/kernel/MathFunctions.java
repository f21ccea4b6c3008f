package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rounding, powers, logarithms, trigonometry, bits. */
final class MathFunctions {
    private MathFunctions() {}

    static void register(Functions.Registry registry) {
        registry.add("SIGN", "NUMERIC", Result.FIRST, MathFunctions::sign);
        registry.add("CEIL", "NUMERIC", Result.DERIVED, request -> toWhole(request, RoundingMode.CEILING));
        registry.add("FLOOR", "NUMERIC", Result.DERIVED, request -> toWhole(request, RoundingMode.FLOOR));
        registry.add("ROUND", "NUMERIC INTEGER?", Result.FIRST, request -> toDigits(request, RoundingMode.HALF_UP));
        registry.add("TRUNCATE", "NUMERIC INTEGER?", Result.FIRST, request -> toDigits(request, RoundingMode.DOWN));
        registry.add("TRUNC", "NUMERIC INTEGER?", Result.FIRST, request -> toDigits(request, RoundingMode.DOWN));
        unary(registry, "SQRT", x -> inDomain("SQRT", x, x >= 0 || Double.isNaN(x), Math.sqrt(x)));
        unary(registry, "CBRT", Math::cbrt);
        unary(registry, "EXP", Math::exp);
        unary(registry, "LN", x -> inDomain("LN", x, x > 0 || Double.isNaN(x), Math.log(x)));
        unary(registry, "LOG10", x -> inDomain("LOG10", x, x > 0 || Double.isNaN(x), Math.log10(x)));
        unary(registry, "LOG2", x -> inDomain("LOG2", x, x > 0 || Double.isNaN(x), log2(x)));
        unary(registry, "SIN", Math::sin);
        unary(registry, "COS", Math::cos);
        unary(registry, "TAN", Math::tan);
        unary(registry, "COT", x -> 1 / Math.tan(x));
        unary(registry, "ASIN", x -> inDomain("ASIN", x, !(Math.abs(x) > 1), Math.asin(x)));
        unary(registry, "ACOS", x -> inDomain("ACOS", x, !(Math.abs(x) > 1), Math.acos(x)));
        unary(registry, "ATAN", Math::atan);
        unary(registry, "SINH", Math::sinh);
        unary(registry, "COSH", Math::cosh);
        unary(registry, "TANH", Math::tanh);
        unary(registry, "DEGREES", Math::toDegrees);
        unary(registry, "RADIANS", Math::toRadians);
        binary(registry, "ATAN2", Math::atan2);
        binary(registry, "POWER", MathFunctions::power);
        registry.add("LOG", "NUMERIC NUMERIC?", Result.DOUBLE, MathFunctions::log);
        registry.add("PI", "", Result.DOUBLE, request -> Kernels.doubles(request.result(), (a, row) -> Math.PI));
        registry.addVolatile("RANDOM", Result.DOUBLE, MathFunctions::random);
        registry.addVolatile("RAND", Result.DOUBLE, MathFunctions::random);
        registry.add("BITAND", "INTEGER INTEGER", Result.COMMON, request -> integers(request, (x, y) -> x & y));
        registry.add("BITOR", "INTEGER INTEGER", Result.COMMON, request -> integers(request, (x, y) -> x | y));
        registry.add("BITXOR", "INTEGER INTEGER", Result.COMMON, request -> integers(request, (x, y) -> x ^ y));
        registry.add("BITNOT", "INTEGER", Result.FIRST, request -> integers(request, (x, y) -> ~x));
        registry.add("GCD", "INTEGER INTEGER", Result.COMMON, request -> integers(request, MathFunctions::gcd));
        registry.add("LCM", "INTEGER INTEGER", Result.COMMON, request -> integers(request, MathFunctions::lcm));
    }

    private static double log2(double x) {
        double exact = Math.getExponent(x);
        return Math.scalb(1.0, (int) exact) == x ? exact : Math.log(x) / Math.log(2);
    }

    private static double inDomain(String function, double argument, boolean defined, double result) {
        if (!defined) {
            throw new TrellisException(
                    ErrorCode.NUMBER_OUT_OF_RANGE,
                    "function is not defined for this value: " + function + "(" + argument + ")");
        }
        return result;
    }

    private static double power(double x, double y) {
        if (x == 0 && y < 0) {
            throw Arithmetic.divisionByZero("POWER(0, " + y + ")");
        }
        if (x < 0 && y != Math.rint(y)) {
            inDomain("POWER", x, false, 0);
        }
        return Math.pow(x, y);
    }

    private static double finite(String function, double result, boolean finiteArguments) {
        if (Double.isInfinite(result) && finiteArguments) {
            throw Arithmetic.overflow(DataType.DOUBLE, function);
        }
        return result;
    }

    /** Any number as a double. */
    static double number(Operand a, int row) {
        return switch (a.type().layout()) {
            case DOUBLE -> a.real(row);
            case INT128 -> a.decimal(row).doubleValue();
            default -> a.type().kind() == TypeKind.DECIMAL ? NumberCasts.toDouble(a, row) : a.integer(row);
        };
    }

    private static void unary(Functions.Registry registry, String name, DoubleUnaryOperator function) {
        registry.add(
                name,
                "NUMERIC",
                Result.DOUBLE,
                request -> request.result().layout() != Layout.DOUBLE
                        ? null
                        : Kernels.doubles(request.result(), (a, row) -> {
                            double x = number(a[0], row);
                            return finite(name + "(" + x + ")", function.applyAsDouble(x), !Double.isInfinite(x));
                        }));
    }

    private static void binary(Functions.Registry registry, String name, DoubleBinaryOperator function) {
        registry.add(
                name,
                "NUMERIC NUMERIC",
                Result.DOUBLE,
                request -> request.result().layout() != Layout.DOUBLE
                        ? null
                        : Kernels.doubles(request.result(), (a, row) -> {
                            double x = number(a[0], row);
                            double y = number(a[1], row);
                            double result = function.applyAsDouble(x, y);
                            boolean finite = !Double.isInfinite(x) && !Double.isInfinite(y);
                            return Double.isInfinite(result)
                                    ? finite(name + "(" + x + ", " + y + ")", result, finite)
                                    : result;
                        }));
    }

    /** LOG(x) is decimal, LOG(base, x) as in PostgreSQL. */
    private static Kernel log(KernelRequest request) {
        if (request.count() == 1) {
            return Kernels.doubles(request.result(), (a, row) -> {
                double x = number(a[0], row);
                return inDomain("LOG", x, x > 0 || Double.isNaN(x), Math.log10(x));
            });
        }
        return Kernels.doubles(request.result(), (a, row) -> {
            double base = number(a[0], row);
            double x = number(a[1], row);
            inDomain("LOG", base, base > 0 || Double.isNaN(base), 0);
            if (base == 1) {
                throw Arithmetic.divisionByZero("LOG(1, " + x + ")");
            }
            return inDomain("LOG", x, x > 0 || Double.isNaN(x), Math.log(x) / Math.log(base));
        });
    }

    private static Kernel random(KernelRequest request) {
        return Kernels.doubles(
                request.result(), (a, row) -> request.context().random().get().nextDouble());
    }

    /** A function of 64-bit integers. */
    @FunctionalInterface
    private interface IntegerFunction {
        long of(long x, long y);
    }

    private static @Nullable Kernel integers(KernelRequest request, IntegerFunction function) {
        boolean integers = request.result().kind().isInteger()
                && request.arguments().stream().allMatch(type -> type.kind().isInteger());
        if (!integers) {
            return null;
        }
        int last = request.count() - 1;
        return Kernels.longs(request.result(), (a, row) -> {
            long result = function.of(a[0].integer(row), a[last].integer(row));
            if (!ValueRanges.fits(request.result(), result)) {
                throw Arithmetic.overflow(request.result(), String.valueOf(result));
            }
            return result;
        });
    }

    private static long gcd(long x, long y) {
        long a = x;
        long b = y;
        while (b != 0) {
            long rest = b == -1 ? 0 : a % b;
            a = b;
            b = rest;
        }
        if (a == Long.MIN_VALUE) {
            throw Arithmetic.overflow(DataType.BIGINT, "GCD(" + x + ", " + y + ")");
        }
        return Math.abs(a);
    }

    private static long lcm(long x, long y) {
        if (x == 0 || y == 0) {
            return 0;
        }
        try {
            return Math.abs(Math.multiplyExact(x / gcd(x, y), y));
        } catch (ArithmeticException e) {
            throw Arithmetic.overflow(DataType.BIGINT, "LCM(" + x + ", " + y + ")");
        }
    }

    private static Kernel sign(KernelRequest request) {
        DataType type = request.result();
        return switch (request.type(0).layout()) {
            case DOUBLE -> Kernels.doubles(type, (a, row) -> Math.signum(a[0].real(row)));
            case INT128 -> Decimals.unary(request, value -> BigDecimal.valueOf(value.signum()));
            default ->
                request.kind(0) == TypeKind.DECIMAL
                        ? Decimals.unary(request, value -> BigDecimal.valueOf(value.signum()))
                        : Kernels.longs(type, (a, row) -> Long.signum(a[0].integer(row)));
        };
    }

    private static @Nullable Kernel toWhole(KernelRequest request, RoundingMode mode) {
        if (!request.kind(0).isNumeric()) {
            return null;
        }
        if (request.type(0).layout() == Layout.DOUBLE && request.result().layout() == Layout.DOUBLE) {
            return Kernels.doubles(
                    request.result(),
                    (a, row) -> mode == RoundingMode.FLOOR ? Math.floor(a[0].real(row)) : Math.ceil(a[0].real(row)));
        }
        if (request.type(0).layout() == Layout.DOUBLE) {
            return null;
        }
        if (request.kind(0).isInteger() && request.result().kind().isInteger()) {
            return Kernels.longs(request.result(), (a, row) -> a[0].integer(row));
        }
        return Decimals.unary(request, value -> value.setScale(0, mode));
    }

    private static @Nullable Kernel toDigits(KernelRequest request, RoundingMode mode) {
        if (!request.kind(0).isNumeric()) {
            return null;
        }
        boolean approximate = request.type(0).layout() == Layout.DOUBLE;
        if (approximate != (request.result().layout() == Layout.DOUBLE)) {
            return null;
        }
        if (approximate) {
            return Kernels.doubles(request.result(), (a, row) -> rounded(a[0].real(row), digits(a, row), mode));
        }
        DataType result = request.result();
        return Kernels.any(result, (a, row, out) -> {
            BigDecimal value = a[0].decimal(row);
            out.append(Decimals.boxed(
                    value.setScale(digits(a, row), mode),
                    result,
                    () -> request.function() + "(" + value.toPlainString() + ")"));
        });
    }

    private static int digits(Operand[] a, int row) {
        // no value has more digits than these bounds before or after its point
        return a.length == 1 ? 0 : (int) Math.max(-400, Math.min(1100, a[1].integer(row)));
    }

    private static double rounded(double value, int digits, RoundingMode mode) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        if (digits == 0) {
            double whole =
                    mode == RoundingMode.DOWN ? (value < 0 ? Math.ceil(value) : Math.floor(value)) : halfUp(value);
            return Math.copySign(whole, value);
        }
        return BigDecimal.valueOf(value).setScale(digits, mode).doubleValue();
    }

    private static double halfUp(double value) {
        double whole = Math.floor(Math.abs(value));
        return Math.abs(value) - whole >= 0.5 ? whole + 1 : whole;
    }
}
