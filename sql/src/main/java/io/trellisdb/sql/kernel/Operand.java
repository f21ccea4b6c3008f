package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An argument of a kernel: a column, or one value that stands for every row. Confined to one thread. */
final class Operand {
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};
    private static final double[] NO_DOUBLES = {};
    private static final byte[] NO_BYTES = {};

    private final ColumnVector vector;
    private final boolean constant;
    private final int mask;
    private final long @Nullable [] nulls;
    private final boolean narrow;
    private final int[] ints;
    private final long[] longs;
    private final double[] doubles;
    private final byte[] bytes;
    private final int[] offsets;
    private @Nullable ColumnVector expanded;

    private Operand(ColumnVector vector, boolean constant) {
        this.vector = vector;
        this.constant = constant;
        this.mask = constant ? 0 : -1;
        int[] ownInts = NO_INTS;
        long[] ownLongs = NO_LONGS;
        double[] ownDoubles = NO_DOUBLES;
        byte[] ownBytes = NO_BYTES;
        int[] ownOffsets = NO_INTS;
        if (vector instanceof IntVector v) {
            ownInts = v.values();
            nulls = v.nulls();
        } else if (vector instanceof LongVector v) {
            ownLongs = v.values();
            nulls = v.nulls();
        } else if (vector instanceof DoubleVector v) {
            ownDoubles = v.values();
            nulls = v.nulls();
        } else if (vector instanceof BytesVector v) {
            ownBytes = v.bytes();
            ownOffsets = v.offsets();
            nulls = v.nulls();
        } else if (vector instanceof Int128Vector v) {
            nulls = v.nulls();
        } else {
            nulls = ((ArrayVector) vector).nulls();
        }
        this.narrow = vector instanceof IntVector;
        this.ints = ownInts;
        this.longs = ownLongs;
        this.doubles = ownDoubles;
        this.bytes = ownBytes;
        this.offsets = ownOffsets;
    }

    static Operand of(ColumnVector vector) {
        return new Operand(vector, false);
    }

    /** The only row of {@code vector}, for every row. */
    static Operand constant(ColumnVector vector) {
        if (vector.size() != 1) {
            throw new IllegalArgumentException("a constant has one row, not " + vector.size());
        }
        return new Operand(vector, true);
    }

    DataType type() {
        return vector.type();
    }

    boolean isConstant() {
        return constant;
    }

    boolean isConstantNull() {
        return constant && vector.isNull(0);
    }

    /** The column, or the constant's one row; see {@link #index}. */
    ColumnVector vector() {
        return vector;
    }

    /** Where a row's value lies in {@link #vector}. */
    int index(int row) {
        return row & mask;
    }

    /** The bitmap of a column; null for constants, whose nullness is {@link #isConstantNull}. */
    long @Nullable [] columnNulls() {
        return constant ? null : nulls;
    }

    boolean isNull(int row) {
        return NullBits.isNull(nulls, row & mask);
    }

    boolean mayHaveNulls() {
        return nulls != null;
    }

    /** A value of INT or LONG layout. */
    long integer(int row) {
        return narrow ? ints[row & mask] : longs[row & mask];
    }

    boolean bool(int row) {
        return ints[row & mask] != 0;
    }

    double real(int row) {
        return doubles[row & mask];
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int row) {
        return offsets[row & mask];
    }

    int end(int row) {
        return offsets[(row & mask) + 1];
    }

    int length(int row) {
        int i = row & mask;
        return offsets[i + 1] - offsets[i];
    }

    String string(int row) {
        int i = row & mask;
        return new String(bytes, offsets[i], offsets[i + 1] - offsets[i], StandardCharsets.UTF_8);
    }

    long high(int row) {
        return ((Int128Vector) vector).high(row & mask);
    }

    long low(int row) {
        return ((Int128Vector) vector).low(row & mask);
    }

    /** The unscaled value of a DECIMAL of either layout. */
    BigInteger unscaled(int row) {
        return vector instanceof Int128Vector
                ? Boxing.toBigInteger(high(row), low(row))
                : BigInteger.valueOf(longs[row & mask]);
    }

    /** The exact value of an integer or DECIMAL. */
    BigDecimal decimal(int row) {
        return vector.type().kind() == TypeKind.DECIMAL
                ? new BigDecimal(unscaled(row), vector.type().scale())
                : BigDecimal.valueOf(integer(row));
    }

    @Nullable
    Object value(int row) {
        return vector.value(row & mask);
    }

    /** The values of all rows, a constant repeated; meant for layouts of fixed width, where the repetition is kept. */
    ColumnVector dense(int rows) {
        if (!constant) {
            return vector;
        }
        if (rows == 1) {
            return vector;
        }
        if (expanded == null || expanded.size() < rows) {
            expanded = repeat(vector, rows);
        }
        return expanded.size() == rows ? expanded : view(expanded, rows);
    }

    private static ColumnVector repeat(ColumnVector one, int rows) {
        if (one.isNull(0)) {
            return Vectors.nulls(one.type(), rows);
        }
        if (one instanceof BytesVector v) {
            Limits.checkVector((long) v.length(0) * rows);
        }
        return one.select(new int[rows], rows);
    }

    private static ColumnVector view(ColumnVector vector, int rows) {
        if (vector instanceof IntVector v) {
            return new IntVector(v.type(), v.values(), v.nulls(), rows);
        }
        if (vector instanceof LongVector v) {
            return new LongVector(v.type(), v.values(), v.nulls(), rows);
        }
        if (vector instanceof DoubleVector v) {
            return new DoubleVector(v.type(), v.values(), v.nulls(), rows);
        }
        return vector.slice(0, rows);
    }
}
