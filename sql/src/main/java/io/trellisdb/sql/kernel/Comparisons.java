package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Comparisons, NULLIF, GREATEST and LEAST. */
final class Comparisons {
    /** Accepted orders as bits: less, equal, greater. */
    private static final int LESS = 1;

    private static final int EQUAL = 2;
    private static final int GREATER = 4;

    private Comparisons() {}

    /** Compares two values that are not NULL. */
    @FunctionalInterface
    interface RowOrder {
        int compare(Operand a, Operand b, int row);
    }

    static void register(Functions.Registry registry) {
        registry.add("=", "ANY ANY", Result.BOOLEAN, request -> comparison(request, EQUAL));
        registry.add("<>", "ANY ANY", Result.BOOLEAN, request -> comparison(request, LESS | GREATER));
        registry.add("<", "ANY ANY", Result.BOOLEAN, request -> comparison(request, LESS));
        registry.add("<=", "ANY ANY", Result.BOOLEAN, request -> comparison(request, LESS | EQUAL));
        registry.add(">", "ANY ANY", Result.BOOLEAN, request -> comparison(request, GREATER));
        registry.add(">=", "ANY ANY", Result.BOOLEAN, request -> comparison(request, GREATER | EQUAL));
        registry.add("IS DISTINCT FROM", "ANY ANY", Result.BOOLEAN, request -> distinct(request, true));
        registry.add("IS NOT DISTINCT FROM", "ANY ANY", Result.BOOLEAN, request -> distinct(request, false));
        registry.add("NULLIF", "ANY ANY", Result.FIRST, Comparisons::nullIf);
        registry.add("GREATEST", "ANY ANY*", Result.COMMON, request -> extreme(request, 1));
        registry.add("LEAST", "ANY ANY*", Result.COMMON, request -> extreme(request, -1));
    }

    private static @Nullable Kernel comparison(KernelRequest request, int accepted) {
        DataType a = request.type(0);
        DataType b = request.type(1);
        if (a.kind() == TypeKind.NULL || b.kind() == TypeKind.NULL) {
            return (arguments, rows) -> Vectors.nulls(DataType.BOOLEAN, rows);
        }
        if (!comparable(a, b)) {
            return null;
        }
        if (sameUnit(a, b)) {
            switch (a.layout()) {
                case INT -> {
                    return (arguments, rows) -> ints(arguments, rows, accepted);
                }
                case LONG -> {
                    return (arguments, rows) -> longs(arguments, rows, accepted);
                }
                case DOUBLE -> {
                    return (arguments, rows) -> doubles(arguments, rows, accepted);
                }
                default -> {}
            }
        }
        RowOrder order = order(a, b);
        return Kernels.booleans(
                (arguments, row) -> (accepted >> order.compare(arguments[0], arguments[1], row) + 1 & 1) != 0);
    }

    /** Whether values of the two types have an order between them. */
    static boolean comparable(DataType a, DataType b) {
        if (a.kind() == b.kind()) {
            return a.kind() != TypeKind.ARRAY || comparable(a.elementType(), b.elementType());
        }
        return a.kind().isString() && b.kind().isString()
                || a.kind().isBinary() && b.kind().isBinary()
                || a.kind().isInteger() && b.kind().isInteger()
                || a.layout() == Layout.DOUBLE && b.layout() == Layout.DOUBLE;
    }

    private static boolean sameUnit(DataType a, DataType b) {
        if (a.layout() != b.layout()) {
            return false;
        }
        return switch (a.kind()) {
            case DECIMAL -> a.scale() == b.scale();
            case TIMESTAMP, TIMESTAMP_LTZ -> a.precision() == b.precision();
            default -> true;
        };
    }

    /** The order of two comparable types, sign only. */
    static RowOrder order(DataType a, DataType b) {
        if (a.kind().isTimestamp() && !sameUnit(a, b)) {
            return (x, y, row) -> Times.compare(x.integer(row), a.precision(), y.integer(row), b.precision());
        }
        if (a.kind() == TypeKind.DECIMAL && !sameUnit(a, b)) {
            return (x, y, row) -> x.decimal(row).compareTo(y.decimal(row));
        }
        if (a.layout() == Layout.INT && b.layout() == Layout.LONG
                || a.layout() == Layout.LONG && b.layout() == Layout.INT) {
            return (x, y, row) -> Long.compare(x.integer(row), y.integer(row));
        }
        if (a.layout() == Layout.BYTES) {
            return (x, y, row) -> Integer.signum(
                    Arrays.compareUnsigned(x.bytes(), x.start(row), x.end(row), y.bytes(), y.start(row), y.end(row)));
        }
        return (x, y, row) -> Integer.signum(ValueOrder.compare(x.vector(), x.index(row), y.vector(), y.index(row)));
    }

    private static ColumnVector ints(Operand[] arguments, int rows, int accepted) {
        if (Kernels.hasConstantNull(arguments)) {
            return Vectors.nulls(DataType.BOOLEAN, rows);
        }
        int[] a = ((IntVector) arguments[0].dense(rows)).values();
        int[] b = ((IntVector) arguments[1].dense(rows)).values();
        int[] out = new int[rows];
        for (int row = 0; row < rows; row++) {
            out[row] = accepted >> (a[row] < b[row] ? 0 : a[row] > b[row] ? 2 : 1) & 1;
        }
        return finished(arguments, rows, out);
    }

    private static ColumnVector longs(Operand[] arguments, int rows, int accepted) {
        if (Kernels.hasConstantNull(arguments)) {
            return Vectors.nulls(DataType.BOOLEAN, rows);
        }
        long[] a = ((LongVector) arguments[0].dense(rows)).values();
        long[] b = ((LongVector) arguments[1].dense(rows)).values();
        int[] out = new int[rows];
        for (int row = 0; row < rows; row++) {
            out[row] = accepted >> (a[row] < b[row] ? 0 : a[row] > b[row] ? 2 : 1) & 1;
        }
        return finished(arguments, rows, out);
    }

    private static ColumnVector doubles(Operand[] arguments, int rows, int accepted) {
        if (Kernels.hasConstantNull(arguments)) {
            return Vectors.nulls(DataType.BOOLEAN, rows);
        }
        double[] a = ((DoubleVector) arguments[0].dense(rows)).values();
        double[] b = ((DoubleVector) arguments[1].dense(rows)).values();
        int[] out = new int[rows];
        for (int row = 0; row < rows; row++) {
            out[row] = accepted >> ValueOrder.compare(a[row], b[row]) + 1 & 1;
        }
        return finished(arguments, rows, out);
    }

    private static ColumnVector finished(Operand[] arguments, int rows, int[] out) {
        long[] nulls = Kernels.nulls(arguments, rows);
        if (nulls != null) {
            for (int row = 0; row < rows; row++) {
                if (NullBits.isNull(nulls, row)) {
                    out[row] = 0;
                }
            }
        }
        return new IntVector(DataType.BOOLEAN, out, nulls, rows);
    }

    private static @Nullable Kernel distinct(KernelRequest request, boolean wanted) {
        DataType a = request.type(0);
        DataType b = request.type(1);
        boolean bothKnown = a.kind() != TypeKind.NULL && b.kind() != TypeKind.NULL;
        if (bothKnown && !comparable(a, b)) {
            return null;
        }
        RowOrder order = bothKnown ? order(a, b) : (x, y, row) -> 0;
        return (arguments, rows) -> {
            int[] out = new int[rows];
            for (int row = 0; row < rows; row++) {
                boolean leftNull = arguments[0].isNull(row);
                boolean rightNull = arguments[1].isNull(row);
                boolean differs = leftNull || rightNull
                        ? leftNull != rightNull
                        : order.compare(arguments[0], arguments[1], row) != 0;
                out[row] = differs == wanted ? 1 : 0;
            }
            return new IntVector(DataType.BOOLEAN, out, null, rows);
        };
    }

    private static @Nullable Kernel nullIf(KernelRequest request) {
        if (!comparable(request.type(0), request.type(1))) {
            return null;
        }
        RowOrder order = order(request.type(0), request.type(1));
        return Kernels.anyWithNulls(request.result(), (a, row, out) -> {
            boolean absent = a[0].isNull(row) || !a[1].isNull(row) && order.compare(a[0], a[1], row) == 0;
            if (absent) {
                out.appendNull();
            } else {
                out.appendFrom(a[0].vector(), a[0].index(row));
            }
        });
    }

    /** NULL arguments are passed over, as in PostgreSQL; the result is NULL when all are. */
    private static Kernel extreme(KernelRequest request, int sign) {
        return Kernels.anyWithNulls(request.result(), (a, row, out) -> {
            Operand best = null;
            for (Operand argument : a) {
                if (!argument.isNull(row)
                        && (best == null
                                || sign
                                                * ValueOrder.compare(
                                                        argument.vector(),
                                                        argument.index(row),
                                                        best.vector(),
                                                        best.index(row))
                                        > 0)) {
                    best = argument;
                }
            }
            if (best == null) {
                out.appendNull();
            } else {
                out.appendFrom(best.vector(), best.index(row));
            }
        });
    }
}
