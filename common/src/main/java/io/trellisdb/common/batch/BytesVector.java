package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * String (UTF-8) and binary columns: row {@code i} is {@code bytes[offsets[i]..offsets[i + 1])}. A CHAR value is kept
 * without trailing blanks.
 */
public final class BytesVector implements ColumnVector {
    private final DataType type;
    private final byte[] bytes;
    private final int[] offsets;
    private final long @Nullable [] nulls;
    private final int size;

    /** Takes ownership of the arrays; {@code offsets} has at least {@code size + 1} ascending entries. */
    public BytesVector(DataType type, byte[] bytes, int[] offsets, long @Nullable [] nulls, int size) {
        if (type.layout() != Layout.BYTES) {
            throw new IllegalArgumentException("type has another layout: " + type);
        }
        if (offsets.length <= size
                || offsets[size] > bytes.length
                || nulls != null && nulls.length < NullBits.words(size)) {
            throw new IllegalArgumentException("arrays are shorter than the size: " + size);
        }
        this.type = type;
        this.bytes = bytes;
        this.offsets = offsets;
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

    /** The bytes of all rows, not to be written. */
    public byte[] bytes() {
        return bytes;
    }

    /** {@code size() + 1} or more offsets, not to be written. */
    public int[] offsets() {
        return offsets;
    }

    public long @Nullable [] nulls() {
        return nulls;
    }

    public int offset(int row) {
        return offsets[row];
    }

    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** A copy of the row's bytes. */
    public byte[] copy(int row) {
        return Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]);
    }

    /** The row as a string, whatever the type. */
    public String string(int row) {
        return new String(bytes, offsets[row], length(row), StandardCharsets.UTF_8);
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
        return type.kind().isString() ? string(row) : copy(row);
    }

    @Override
    public BytesVector select(int[] rows, int count) {
        int[] chosenOffsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            chosenOffsets[i + 1] = Math.addExact(chosenOffsets[i], length(rows[i]));
        }
        byte[] chosen = new byte[chosenOffsets[count]];
        for (int i = 0; i < count; i++) {
            System.arraycopy(bytes, offsets[rows[i]], chosen, chosenOffsets[i], length(rows[i]));
        }
        return new BytesVector(type, chosen, chosenOffsets, NullBits.select(nulls, rows, count), count);
    }

    @Override
    public BytesVector slice(int from, int to) {
        if (from == 0 && to == size) {
            return this;
        }
        int start = offsets[from];
        int[] moved = new int[to - from + 1];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = offsets[from + i] - start;
        }
        byte[] part = Arrays.copyOfRange(bytes, start, offsets[to]);
        return new BytesVector(type, part, moved, NullBits.slice(nulls, from, to), to - from);
    }

    @Override
    public BytesVector as(DataType other) {
        return other.equals(type) ? this : new BytesVector(other, bytes, offsets, nulls, size);
    }

    @Override
    public long sizeBytes() {
        return bytes.length + 4L * offsets.length + (nulls == null ? 0 : 8L * nulls.length);
    }
}
