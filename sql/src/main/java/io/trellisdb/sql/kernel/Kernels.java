package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.batch.Utf8;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Kernels made of a function of one row. Unless said otherwise they are strict: a NULL argument gives NULL. */
final class Kernels {
    private Kernels() {}

    /** A result of INT or LONG layout. */
    @FunctionalInterface
    interface LongRow {
        long at(Operand[] a, int row);
    }

    /** A result of DOUBLE layout. */
    @FunctionalInterface
    interface DoubleRow {
        double at(Operand[] a, int row);
    }

    /** A condition. */
    @FunctionalInterface
    interface BooleanRow {
        boolean at(Operand[] a, int row);
    }

    /** Appends the row's value, which may be NULL. */
    @FunctionalInterface
    interface AnyRow {
        void at(Operand[] a, int row, VectorBuilder out);
    }

    /** Appends the row's bytes. */
    @FunctionalInterface
    interface BytesRow {
        void at(Operand[] a, int row, BytesOut out);
    }

    /** A result that is a string. */
    @FunctionalInterface
    interface StringRow {
        String at(Operand[] a, int row);
    }

    /** Whether some constant argument is NULL, so that a strict function is NULL everywhere. */
    static boolean hasConstantNull(Operand[] arguments) {
        for (Operand argument : arguments) {
            if (argument.isConstantNull()) {
                return true;
            }
        }
        return false;
    }

    /** The rows in which a column is NULL; null when there are none. */
    static long @Nullable [] nulls(Operand[] arguments, int rows) {
        long[] first = null;
        boolean owned = false;
        for (Operand argument : arguments) {
            long[] bits = argument.columnNulls();
            if (bits == null) {
                continue;
            }
            if (first == null) {
                first = bits;
            } else {
                if (!owned) {
                    long[] copy = new long[NullBits.words(rows)];
                    System.arraycopy(first, 0, copy, 0, copy.length);
                    first = copy;
                    owned = true;
                }
                for (int i = 0; i < first.length; i++) {
                    first[i] |= bits[i];
                }
            }
        }
        return first;
    }

    static Kernel longs(DataType type, LongRow function) {
        boolean narrow = type.layout() == Layout.INT;
        return (a, rows) -> {
            if (hasConstantNull(a)) {
                return Vectors.nulls(type, rows);
            }
            long[] nulls = nulls(a, rows);
            if (narrow) {
                int[] out = new int[rows];
                for (int row = 0; row < rows; row++) {
                    if (!NullBits.isNull(nulls, row)) {
                        out[row] = (int) function.at(a, row);
                    }
                }
                return new IntVector(type, out, nulls, rows);
            }
            long[] out = new long[rows];
            for (int row = 0; row < rows; row++) {
                if (!NullBits.isNull(nulls, row)) {
                    out[row] = function.at(a, row);
                }
            }
            return new LongVector(type, out, nulls, rows);
        };
    }

    static Kernel doubles(DataType type, DoubleRow function) {
        boolean real = type.kind() == TypeKind.REAL;
        return (a, rows) -> {
            if (hasConstantNull(a)) {
                return Vectors.nulls(type, rows);
            }
            long[] nulls = nulls(a, rows);
            double[] out = new double[rows];
            for (int row = 0; row < rows; row++) {
                if (!NullBits.isNull(nulls, row)) {
                    double value = function.at(a, row);
                    out[row] = real ? (float) value : value;
                }
            }
            return new DoubleVector(type, out, nulls, rows);
        };
    }

    static Kernel booleans(BooleanRow function) {
        return longs(DataType.BOOLEAN, (a, row) -> function.at(a, row) ? 1 : 0);
    }

    static Kernel any(DataType type, AnyRow function) {
        return (a, rows) -> {
            if (hasConstantNull(a)) {
                return Vectors.nulls(type, rows);
            }
            long[] nulls = nulls(a, rows);
            VectorBuilder out = VectorBuilder.of(type, rows);
            for (int row = 0; row < rows; row++) {
                if (NullBits.isNull(nulls, row)) {
                    out.appendNull();
                } else {
                    function.at(a, row, out);
                }
            }
            return out.build();
        };
    }

    /** Not strict: the function sees NULLs. */
    static Kernel anyWithNulls(DataType type, AnyRow function) {
        return (a, rows) -> {
            VectorBuilder out = VectorBuilder.of(type, rows);
            for (int row = 0; row < rows; row++) {
                function.at(a, row, out);
            }
            return out.build();
        };
    }

    static Kernel bytes(DataType type, BytesRow function) {
        return (a, rows) -> {
            if (hasConstantNull(a)) {
                return Vectors.nulls(type, rows);
            }
            long[] nulls = nulls(a, rows);
            BytesOut out = new BytesOut(type, rows);
            for (int row = 0; row < rows; row++) {
                if (NullBits.isNull(nulls, row)) {
                    out.appendNull();
                } else {
                    function.at(a, row, out);
                }
            }
            return out.build();
        };
    }

    static Kernel strings(DataType type, StringRow function) {
        return bytes(type, (a, row, out) -> out.append(function.at(a, row)));
    }

    /** A BYTES column under construction, bounded in value and total length. */
    static final class BytesOut {
        private final BytesVectorBuilder builder;
        private final boolean isChar;
        private long total;

        BytesOut(DataType type, int rows) {
            this.builder = (BytesVectorBuilder) VectorBuilder.of(type, rows);
            this.isChar = type.kind() == TypeKind.CHAR;
        }

        void appendNull() {
            builder.appendNull();
        }

        void append(byte[] source, int from, int length) {
            int kept = length;
            while (isChar && kept > 0 && source[from + kept - 1] == ' ') {
                kept--;
            }
            total += Limits.checkValue(kept);
            Limits.checkVector(total);
            builder.append(source, from, kept);
        }

        void append(byte[] source) {
            append(source, 0, source.length);
        }

        void append(String value) {
            append(Utf8.encode(value));
        }

        ColumnVector build() {
            return builder.build();
        }
    }
}
