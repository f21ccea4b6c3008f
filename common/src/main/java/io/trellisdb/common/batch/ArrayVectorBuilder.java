package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds {@link ArrayVector}s: append the elements to {@link #elements}, then {@link #endArray}. */
public final class ArrayVectorBuilder extends VectorBuilder {
    private static final int[] NO_OFFSETS = {0};

    private final VectorBuilder elements;
    private int[] offsets = NO_OFFSETS;

    ArrayVectorBuilder(DataType type, int expectedRows) {
        super(type, expectedRows);
        this.elements = VectorBuilder.of(type.elementType(), expectedRows);
    }

    /** Takes the elements of the row that {@link #endArray} ends. */
    public VectorBuilder elements() {
        return elements;
    }

    /** Ends a row: its elements are those appended since the row before it. */
    public void endArray() {
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, grownLength(offsets.length, size + 2L) + 1);
        }
        offsets[++size] = elements.size();
    }

    @Override
    void appendZero() {
        elements.truncate(offsets[size]);
        endArray();
    }

    @Override
    void appendBoxed(Object value) {
        try {
            for (Object element : (List<?>) value) {
                elements.append(element);
            }
        } catch (RuntimeException e) {
            elements.truncate(offsets[size]);
            throw e;
        }
        endArray();
    }

    @Override
    void copyFrom(ColumnVector source, int row) {
        ArrayVector vector = (ArrayVector) source;
        elements.appendRange(vector.elements(), vector.offsets()[row], vector.offsets()[row + 1]);
        endArray();
    }

    @Override
    void copyRange(ColumnVector source, int from, int to) {
        for (int row = from; row < to; row++) {
            copyFrom(source, row);
        }
    }

    @Override
    ColumnVector toVector(long @Nullable [] nullBits) {
        int[] handed = isWasteful(offsets.length, size + 1) ? Arrays.copyOf(offsets, size + 1) : offsets;
        elements.truncate(offsets[size]);
        return new ArrayVector(type, elements.build(), handed, nullBits, size);
    }

    @Override
    void clear() {
        offsets = NO_OFFSETS;
        elements.reset();
    }

    @Override
    void cut(int rows) {
        elements.truncate(offsets[rows]);
    }
}
