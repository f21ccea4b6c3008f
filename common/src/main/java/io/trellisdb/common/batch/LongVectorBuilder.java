package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds {@link LongVector}s. */
public final class LongVectorBuilder extends VectorBuilder {
    private static final long[] NONE = {};

    private long[] values = NONE;

    LongVectorBuilder(DataType type, int expectedRows) {
        super(type, expectedRows);
    }

    /** Appends a value of the type's range. */
    public void appendLong(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, grownLength(size, size + 1L));
        }
        values[size++] = value;
    }

    @Override
    void appendZero() {
        appendLong(0);
    }

    @Override
    void appendBoxed(Object value) {
        appendLong(Boxing.unboxLong(type, value));
    }

    @Override
    void copyFrom(ColumnVector source, int row) {
        appendLong(((LongVector) source).get(row));
    }

    @Override
    void copyRange(ColumnVector source, int from, int to) {
        int count = to - from;
        if (values.length - size < count) {
            values = Arrays.copyOf(values, grownLength(values.length, (long) size + count));
        }
        System.arraycopy(((LongVector) source).values(), from, values, size, count);
        size += count;
    }

    @Override
    ColumnVector toVector(long @Nullable [] nullBits) {
        long[] handed = isWasteful(values.length, size) ? Arrays.copyOf(values, size) : values;
        return new LongVector(type, handed, nullBits, size);
    }

    @Override
    void clear() {
        values = NONE;
    }
}
