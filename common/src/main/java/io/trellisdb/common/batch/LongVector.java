package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** BIGINT, TIME, timestamp, interval and short DECIMAL columns. */
public final class LongVector implements ColumnVector {
    private final DataType type;
    private final long[] values;
    private final long @Nullable [] nulls;
    private final int size;

    /** Takes ownership of the arrays; {@code values} and {@code nulls} may be longer than {@code size} needs. */
    public LongVector(DataType type, long[] values, long @Nullable [] nulls, int size) {
        if (type.layout() != Layout.LONG) {
            throw new IllegalArgumentException("type has another layout: " + type);
        }
        if (values.length < size || nulls != null && nulls.length < NullBits.words(size)) {
            throw new IllegalArgumentException("arrays are shorter than the size: " + size);
        }
        this.type = type;
        this.values = values;
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

    /** The values, not to be written; entries of NULL rows are zero. */
    public long[] values() {
        return values;
    }

    public long @Nullable [] nulls() {
        return nulls;
    }

    public long get(int row) {
        return values[row];
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
        if (isNull(row)) {
            return null;
        }
        return Boxing.box(type, values[row]);
    }

    @Override
    public LongVector select(int[] rows, int count) {
        long[] chosen = new long[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = values[rows[i]];
        }
        return new LongVector(type, chosen, NullBits.select(nulls, rows, count), count);
    }

    @Override
    public LongVector slice(int from, int to) {
        if (from == 0 && to == size) {
            return this;
        }
        return new LongVector(type, Arrays.copyOfRange(values, from, to), NullBits.slice(nulls, from, to), to - from);
    }

    @Override
    public LongVector as(DataType other) {
        return other.equals(type) ? this : new LongVector(other, values, nulls, size);
    }

    @Override
    public long sizeBytes() {
        return 8L * values.length + (nulls == null ? 0 : 8L * nulls.length);
    }
}
