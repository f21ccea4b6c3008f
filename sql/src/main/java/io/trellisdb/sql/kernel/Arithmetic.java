package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** The operators {@code + - * / MOD NEGATE}: over numbers here, decimals and times by their own classes. */
final class Arithmetic {
    private Arithmetic() {}

    static void register(Functions.Registry registry) {
        for (String operator : new String[] {"+", "-", "*", "/", "MOD"}) {
            registry.add(operator, "ANY ANY", Result.DERIVED, Arithmetic::binary);
        }
        registry.add("NEGATE", "ANY", Result.FIRST, Arithmetic::negate);
        registry.add("UNARY_PLUS", "ANY", Result.FIRST, request -> (a, rows) -> a[0].dense(rows));
        registry.add("ABS", "ANY", Result.FIRST, Arithmetic::abs);
    }

    private static @Nullable Kernel binary(KernelRequest request) {
        DataType a = request.type(0);
        DataType b = request.type(1);
        DataType result = request.result();
        if (a.kind() == TypeKind.NULL || b.kind() == TypeKind.NULL) {
            return (arguments, rows) -> Vectors.nulls(result, rows);
        }
        if (!a.kind().isNumeric() || !b.kind().isNumeric()) {
            return TimeArithmetic.find(request);
        }
        if (a.layout() == Layout.DOUBLE && b.layout() == Layout.DOUBLE && result.layout() == Layout.DOUBLE) {
            return doubles(request.function(), result);
        }
        if (a.kind().isInteger() && b.kind().isInteger() && result.kind().isInteger()) {
            return integers(request.function(), result);
        }
        boolean exact = a.layout() != Layout.DOUBLE && b.layout() != Layout.DOUBLE;
        return exact && result.layout() != Layout.DOUBLE ? Decimals.find(request) : null;
    }

    static TrellisException overflow(DataType type, String expression) {
        return new TrellisException(
                ErrorCode.NUMBER_OUT_OF_RANGE, "number is out of range of " + type + ": " + expression);
    }

    static TrellisException divisionByZero(String expression) {
        return new TrellisException(ErrorCode.DIVISION_BY_ZERO, "division by zero: " + expression);
    }

    private static Kernel integers(String operator, DataType result) {
        long min = ValueRanges.min(result);
        long max = ValueRanges.max(result);
        return switch (operator) {
            case "+" -> (a, rows) -> integers(a, rows, result, operator, (x, y) -> Math.addExact(x, y), min, max);
            case "-" -> (a, rows) -> integers(a, rows, result, operator, (x, y) -> Math.subtractExact(x, y), min, max);
            case "*" -> (a, rows) -> integers(a, rows, result, operator, (x, y) -> Math.multiplyExact(x, y), min, max);
            case "/" -> (a, rows) -> integers(a, rows, result, operator, Arithmetic::divide, min, max);
            default -> (a, rows) -> integers(a, rows, result, operator, (x, y) -> y == -1 ? 0 : x % y, min, max);
        };
    }

    private static long divide(long x, long y) {
        if (x == Long.MIN_VALUE && y == -1) {
            throw new ArithmeticException("overflow");
        }
        return x / y;
    }

    private static ColumnVector integers(
            Operand[] arguments,
            int rows,
            DataType result,
            String operator,
            LongBinaryOperator function,
            long min,
            long max) {
        if (Kernels.hasConstantNull(arguments)) {
            return Vectors.nulls(result, rows);
        }
        Operand a = arguments[0];
        Operand b = arguments[1];
        long[] nulls = Kernels.nulls(arguments, rows);
        long[] out = new long[rows];
        int row = 0;
        try {
            if (nulls == null && isWide(a) && isWide(b)) {
                long[] x = ((LongVector) a.dense(rows)).values();
                long[] y = ((LongVector) b.dense(rows)).values();
                for (; row < rows; row++) {
                    out[row] = function.applyAsLong(x[row], y[row]);
                }
            } else {
                for (; row < rows; row++) {
                    if (!NullBits.isNull(nulls, row)) {
                        out[row] = function.applyAsLong(a.integer(row), b.integer(row));
                    }
                }
            }
        } catch (ArithmeticException e) {
            String expression = a.integer(row) + " " + operator + " " + b.integer(row);
            boolean division = operator.equals("/") || operator.equals("MOD");
            throw division && b.integer(row) == 0 ? divisionByZero(expression) : overflow(result, expression);
        }
        if (result.kind() == TypeKind.BIGINT) {
            return new LongVector(result, out, nulls, rows);
        }
        int[] narrow = new int[rows];
        for (int i = 0; i < rows; i++) {
            long value = out[i];
            if (value < min || value > max) {
                throw overflow(result, a.integer(i) + " " + operator + " " + b.integer(i));
            }
            narrow[i] = (int) value;
        }
        return new IntVector(result, narrow, nulls, rows);
    }

    private static boolean isWide(Operand operand) {
        return operand.type().layout() == Layout.LONG;
    }

    private static Kernel doubles(String operator, DataType result) {
        return (a, rows) -> {
            if (Kernels.hasConstantNull(a)) {
                return Vectors.nulls(result, rows);
            }
            double[] x = ((DoubleVector) a[0].dense(rows)).values();
            double[] y = ((DoubleVector) a[1].dense(rows)).values();
            long[] nulls = Kernels.nulls(a, rows);
            double[] out = new double[rows];
            compute(operator, x, y, out, nulls, rows);
            boolean real = result.kind() == TypeKind.REAL;
            for (int row = 0; row < rows; row++) {
                if (NullBits.isNull(nulls, row)) {
                    out[row] = 0;
                    continue;
                }
                double value = real ? (float) out[row] : out[row];
                if (Double.isInfinite(value) && !Double.isInfinite(x[row]) && !Double.isInfinite(y[row])) {
                    throw overflow(result, x[row] + " " + operator + " " + y[row]);
                }
                out[row] = value;
            }
            return new DoubleVector(result, out, nulls, rows);
        };
    }

    private static void compute(
            String operator, double[] x, double[] y, double[] out, long @Nullable [] nulls, int rows) {
        switch (operator) {
            case "+" -> {
                for (int row = 0; row < rows; row++) {
                    out[row] = x[row] + y[row];
                }
            }
            case "-" -> {
                for (int row = 0; row < rows; row++) {
                    out[row] = x[row] - y[row];
                }
            }
            case "*" -> {
                for (int row = 0; row < rows; row++) {
                    out[row] = x[row] * y[row];
                }
            }
            default -> {
                boolean division = operator.equals("/");
                for (int row = 0; row < rows; row++) {
                    if (y[row] == 0 && !NullBits.isNull(nulls, row)) {
                        throw divisionByZero(x[row] + " " + operator + " " + y[row]);
                    }
                    out[row] = division ? x[row] / y[row] : x[row] % y[row];
                }
            }
        }
    }

    private static @Nullable Kernel negate(KernelRequest request) {
        DataType type = request.result();
        switch (request.type(0).layout()) {
            case INT, LONG -> {
                boolean allowed = request.type(0).kind().isNumeric()
                        || request.kind(0) == TypeKind.INTERVAL_MONTH
                        || request.kind(0) == TypeKind.INTERVAL_NANO;
                return allowed ? Kernels.longs(type, (a, row) -> negated(type, a[0].integer(row))) : null;
            }
            case DOUBLE -> {
                return Kernels.doubles(type, (a, row) -> -a[0].real(row));
            }
            case INT128 -> {
                return request.kind(0) == TypeKind.DECIMAL ? Decimals.unary(request, value -> value.negate()) : null;
            }
            default -> {
                return null;
            }
        }
    }

    private static long negated(DataType type, long value) {
        if (value == Long.MIN_VALUE || !ValueRanges.fits(type, -value)) {
            throw overflow(type, "- " + value);
        }
        return -value;
    }

    private static @Nullable Kernel abs(KernelRequest request) {
        DataType type = request.result();
        switch (request.type(0).layout()) {
            case INT, LONG -> {
                boolean allowed = request.type(0).kind().isNumeric()
                        || request.kind(0) == TypeKind.INTERVAL_MONTH
                        || request.kind(0) == TypeKind.INTERVAL_NANO;
                return allowed
                        ? Kernels.longs(
                                type,
                                (a, row) ->
                                        a[0].integer(row) < 0 ? negated(type, a[0].integer(row)) : a[0].integer(row))
                        : null;
            }
            case DOUBLE -> {
                return Kernels.doubles(type, (a, row) -> Math.abs(a[0].real(row)));
            }
            case INT128 -> {
                return request.kind(0) == TypeKind.DECIMAL ? Decimals.unary(request, value -> value.abs()) : null;
            }
            default -> {
                return null;
            }
        }
    }
}
