package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ARRAY columns: row {@code i} holds the elements {@code offsets[i]..offsets[i + 1]-1} of one element vector. */
public final class ArrayVector implements ColumnVector {
    private final DataType type;
    private final ColumnVector elements;
    private final int[] offsets;
    private final long @Nullable [] nulls;
    private final int size;

    /** Takes ownership of the arrays; {@code offsets} has at least {@code size + 1} ascending entries. */
    public ArrayVector(DataType type, ColumnVector elements, int[] offsets, long @Nullable [] nulls, int size) {
        if (type.layout() != Layout.ARRAY) {
            throw new IllegalArgumentException("type has another layout: " + type);
        }
        if (offsets.length <= size
                || offsets[size] > elements.size()
                || nulls != null && nulls.length < NullBits.words(size)) {
            throw new IllegalArgumentException("arrays are shorter than the size: " + size);
        }
        this.type = type;
        this.elements = elements;
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

    public ColumnVector elements() {
        return elements;
    }

    /** {@code size() + 1} or more offsets, not to be written. */
    public int[] offsets() {
        return offsets;
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

    /** An unmodifiable list that may contain nulls, or null. */
    @Override
    public @Nullable Object value(int row) {
        if (isNull(row)) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>(offsets[row + 1] - offsets[row]);
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            list.add(elements.value(i));
        }
        return Collections.unmodifiableList(list);
    }

    @Override
    public ArrayVector select(int[] rows, int count) {
        int[] chosenOffsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            chosenOffsets[i + 1] = Math.addExact(chosenOffsets[i], offsets[rows[i] + 1] - offsets[rows[i]]);
        }
        int[] chosenElements = new int[chosenOffsets[count]];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < chosenOffsets[i + 1] - chosenOffsets[i]; k++) {
                chosenElements[chosenOffsets[i] + k] = offsets[rows[i]] + k;
            }
        }
        ColumnVector chosen = elements.select(chosenElements, chosenElements.length);
        return new ArrayVector(type, chosen, chosenOffsets, NullBits.select(nulls, rows, count), count);
    }

    @Override
    public ArrayVector slice(int from, int to) {
        if (from == 0 && to == size) {
            return this;
        }
        int[] moved = Arrays.copyOfRange(offsets, from, to + 1);
        int start = offsets[from];
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= start;
        }
        ColumnVector part = elements.slice(start, offsets[to]);
        return new ArrayVector(type, part, moved, NullBits.slice(nulls, from, to), to - from);
    }

    @Override
    public ArrayVector as(DataType other) {
        return other.equals(type)
                ? this
                : new ArrayVector(other, elements.as(other.elementType()), offsets, nulls, size);
    }

    @Override
    public long sizeBytes() {
        return elements.sizeBytes() + 4L * offsets.length + (nulls == null ? 0 : 8L * nulls.length);
    }
}
