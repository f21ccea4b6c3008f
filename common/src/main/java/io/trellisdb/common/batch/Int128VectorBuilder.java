package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds {@link Int128Vector}s. */
public final class Int128VectorBuilder extends VectorBuilder {
    private static final long[] NONE = {};

    private long[] highs = NONE;
    private long[] lows = NONE;

    Int128VectorBuilder(DataType type, int expectedRows) {
        super(type, expectedRows);
    }

    /** Appends a value of the type's range by its halves. */
    public void append(long high, long low) {
        if (size == highs.length) {
            grow(size + 1L);
        }
        highs[size] = high;
        lows[size++] = low;
    }

    private void grow(long needed) {
        int length = grownLength(highs.length, needed);
        highs = Arrays.copyOf(highs, length);
        lows = Arrays.copyOf(lows, length);
    }

    @Override
    void appendZero() {
        append(0, 0);
    }

    @Override
    void appendBoxed(Object value) {
        if (type.kind() == TypeKind.UUID) {
            UUID uuid = (UUID) value;
            append(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        } else {
            BigInteger unscaled = Boxing.unscaled(type, (BigDecimal) value);
            append(Boxing.high(unscaled), Boxing.low(unscaled));
        }
    }

    @Override
    void copyFrom(ColumnVector source, int row) {
        Int128Vector vector = (Int128Vector) source;
        append(vector.high(row), vector.low(row));
    }

    @Override
    void copyRange(ColumnVector source, int from, int to) {
        for (int row = from; row < to; row++) {
            copyFrom(source, row);
        }
    }

    @Override
    ColumnVector toVector(long @Nullable [] nullBits) {
        return new Int128Vector(type, trim(highs, size), trim(lows, size), nullBits, size);
    }

    @Override
    void clear() {
        highs = NONE;
        lows = NONE;
    }
}
