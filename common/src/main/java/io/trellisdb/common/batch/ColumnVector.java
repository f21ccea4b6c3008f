package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import org.jspecify.annotations.Nullable;

/** One column of a {@link Batch}: an immutable array of values of one type with an optional null bitmap. */
public sealed interface ColumnVector
        permits IntVector, LongVector, DoubleVector, Int128Vector, BytesVector, ArrayVector {
    DataType type();

    int size();

    /** Whether a bitmap exists; without one {@link #isNull} is false for every row. */
    boolean mayHaveNulls();

    boolean isNull(int row);

    /** The boxed value of a row as the package documentation lists them, or null. */
    @Nullable
    Object value(int row);

    /** The rows {@code rows[0..count)} in that order, as a new vector. */
    ColumnVector select(int[] rows, int count);

    /** The rows {@code from..to-1} as a new vector; the same object when that is all of them. */
    ColumnVector slice(int from, int to);

    /** The same values under another type of the same layout, for renames and widening that need no conversion. */
    ColumnVector as(DataType type);

    /** Bytes of heap that the values occupy, about. */
    long sizeBytes();
}
