package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** BOOLEAN, TINYINT, SMALLINT, INTEGER and DATE columns, and columns that hold only NULL. */
public final class IntVector implements ColumnVector {
    private final DataType type;
    private final int[] values;
    private final long @Nullable [] nulls;
    private final int size;

    /** Takes ownership of the arrays; {@code values} and {@code nulls} may be longer than {@code size} needs. */
    public IntVector(DataType type, int[] values, long @Nullable [] nulls, int size) {
        if (type.layout() != Layout.INT) {
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
    public int[] values() {
        return values;
    }

    public long @Nullable [] nulls() {
        return nulls;
    }

    public int get(int row) {
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
        int value = values[row];
        return switch (type.kind()) {
            case BOOLEAN -> value != 0;
            case DATE -> LocalDate.ofEpochDay(value);
            default -> value;
        };
    }

    @Override
    public IntVector select(int[] rows, int count) {
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = values[rows[i]];
        }
        return new IntVector(type, chosen, NullBits.select(nulls, rows, count), count);
    }

    @Override
    public IntVector slice(int from, int to) {
        if (from == 0 && to == size) {
            return this;
        }
        return new IntVector(type, Arrays.copyOfRange(values, from, to), NullBits.slice(nulls, from, to), to - from);
    }

    @Override
    public IntVector as(DataType other) {
        return other.equals(type) ? this : new IntVector(other, values, nulls, size);
    }

    @Override
    public long sizeBytes() {
        return 4L * values.length + (nulls == null ? 0 : 8L * nulls.length);
    }
}
