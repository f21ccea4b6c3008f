package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Long DECIMAL columns (unscaled, two's complement) and UUID columns, as high and low 64 bits. */
public final class Int128Vector implements ColumnVector {
    private final DataType type;
    private final long[] highs;
    private final long[] lows;
    private final long @Nullable [] nulls;
    private final int size;

    /** Takes ownership of the arrays; they may be longer than {@code size} needs. */
    public Int128Vector(DataType type, long[] highs, long[] lows, long @Nullable [] nulls, int size) {
        if (type.layout() != Layout.INT128) {
            throw new IllegalArgumentException("type has another layout: " + type);
        }
        if (highs.length < size || lows.length < size || nulls != null && nulls.length < NullBits.words(size)) {
            throw new IllegalArgumentException("arrays are shorter than the size: " + size);
        }
        this.type = type;
        this.highs = highs;
        this.lows = lows;
        this.nulls = nulls;
        this.size = size;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public int size() {
        return size;
    }

    public long high(int row) {
        return highs[row];
    }

    public long low(int row) {
        return lows[row];
    }

    public long @Nullable [] nulls() {
        return nulls;
    }

    @Override
    public boolean mayHaveNulls() {
        return nulls != null;
    }

    @Override
    public boolean isNull(int row) {
        return NullBits.isNull(nulls, row);
    }

    @Override
    public @Nullable Object value(int row) {
        return isNull(row) ? null : Boxing.box(type, highs[row], lows[row]);
    }

    @Override
    public Int128Vector select(int[] rows, int count) {
        long[] chosenHighs = new long[count];
        long[] chosenLows = new long[count];
        for (int i = 0; i < count; i++) {
            chosenHighs[i] = highs[rows[i]];
            chosenLows[i] = lows[rows[i]];
        }
        return new Int128Vector(type, chosenHighs, chosenLows, NullBits.select(nulls, rows, count), count);
    }

    @Override
    public Int128Vector slice(int from, int to) {
        if (from == 0 && to == size) {
            return this;
        }
        return new Int128Vector(
                type,
                Arrays.copyOfRange(highs, from, to),
                Arrays.copyOfRange(lows, from, to),
                NullBits.slice(nulls, from, to),
                to - from);
    }

    @Override
    public Int128Vector as(DataType other) {
        return other.equals(type) ? this : new Int128Vector(other, highs, lows, nulls, size);
    }

    @Override
    public long sizeBytes() {
        return 16L * highs.length + (nulls == null ? 0 : 8L * nulls.length);
    }
}
