package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds {@link DoubleVector}s. */
public final class DoubleVectorBuilder extends VectorBuilder {
    private static final double[] NONE = {};

    private double[] values = NONE;

    DoubleVectorBuilder(DataType type, int expectedRows) {
        super(type, expectedRows);
    }

    /** Appends a value of the type's range. */
    public void appendDouble(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, grownLength(size, size + 1L));
        }
        values[size++] = value;
    }

    @Override
    void appendZero() {
        appendDouble(0);
    }

    @Override
    void appendBoxed(Object value) {
        appendDouble(type.kind() == TypeKind.REAL ? (Float) value : (Double) value);
    }

    @Override
    void copyFrom(ColumnVector source, int row) {
        appendDouble(((DoubleVector) source).get(row));
    }

    @Override
    void copyRange(ColumnVector source, int from, int to) {
        int count = to - from;
        if (values.length - size < count) {
            values = Arrays.copyOf(values, grownLength(values.length, (long) size + count));
        }
        System.arraycopy(((DoubleVector) source).values(), from, values, size, count);
        size += count;
    }

    @Override
    ColumnVector toVector(long @Nullable [] nullBits) {
        double[] handed = isWasteful(values.length, size) ? Arrays.copyOf(values, size) : values;
        return new DoubleVector(type, handed, nullBits, size);
    }

    @Override
    void clear() {
        values = NONE;
    }
}
