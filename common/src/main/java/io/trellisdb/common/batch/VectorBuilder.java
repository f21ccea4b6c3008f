package io.trellisdb.common.batch;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fills one {@link ColumnVector} value by value. The subclasses' typed methods ({@code appendInt}, …) trust their caller to
 * stay within the type's range; {@link #append} checks. A failed append leaves the builder as it was.
 *
 * <p>Confined to one thread.
 */
public abstract sealed class VectorBuilder
        permits IntVectorBuilder,
                LongVectorBuilder,
                DoubleVectorBuilder,
                Int128VectorBuilder,
                BytesVectorBuilder,
                ArrayVectorBuilder {
    /** The longest array that every JVM allocates. */
    static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    final DataType type;
    final int expectedRows;
    int size;
    long @Nullable [] nulls;

    VectorBuilder(DataType type, int expectedRows) {
        this.type = type;
        this.expectedRows = Math.max(expectedRows, 1);
    }

    /** A builder for the type's layout; {@code expectedRows} only sizes the first allocation. */
    public static VectorBuilder of(DataType type, int expectedRows) {
        return switch (type.layout()) {
            case INT -> new IntVectorBuilder(type, expectedRows);
            case LONG -> new LongVectorBuilder(type, expectedRows);
            case DOUBLE -> new DoubleVectorBuilder(type, expectedRows);
            case INT128 -> new Int128VectorBuilder(type, expectedRows);
            case BYTES -> new BytesVectorBuilder(type, expectedRows);
            case ARRAY -> new ArrayVectorBuilder(type, expectedRows);
        };
    }

    public final DataType type() {
        return type;
    }

    public final int size() {
        return size;
    }

    /**
     * Appends a boxed value of the class that the package documentation lists, or NULL. Out of range is
     * {@link ErrorCode#NUMBER_OUT_OF_RANGE} or {@link ErrorCode#DATETIME_OVERFLOW}, too long
     * {@link ErrorCode#STRING_TOO_LONG}, another class {@link ErrorCode#TYPE_MISMATCH}.
     */
    public final void append(@Nullable Object boxed) {
        if (boxed == null) {
            appendNull();
            return;
        }
        try {
            appendBoxed(boxed);
        } catch (ClassCastException e) {
            throw Boxing.otherClass(type, boxed);
        }
    }

    public final void appendNull() {
        appendZero();
        nulls = NullBits.growAndSet(nulls, size - 1);
    }

    /** Appends a row of a vector of the same layout; the value is not checked against this builder's type. */
    public final void appendFrom(ColumnVector source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            copyFrom(source, row);
        }
    }

    /** Appends the rows {@code from..to-1} of a vector of the same layout, unchecked like {@link #appendFrom}. */
    public final void appendRange(ColumnVector source, int from, int to) {
        if (!source.mayHaveNulls()) {
            copyRange(source, from, to);
            return;
        }
        for (int row = from; row < to; row++) {
            appendFrom(source, row);
        }
    }

    /** The vector of what was appended. The builder is empty afterwards and may be filled again. */
    public final ColumnVector build() {
        // a bitmap ends at the last NULL, which may be long before the last row
        boolean isShort = nulls != null && nulls.length < NullBits.words(size);
        ColumnVector vector = toVector(isShort ? Arrays.copyOf(nulls, NullBits.words(size)) : nulls);
        reset();
        return vector;
    }

    /** Forgets what was appended since the last {@link #build}. */
    public final void reset() {
        size = 0;
        nulls = null;
        clear();
    }

    /** Removes rows from the end, so that {@code rows} remain. */
    final void truncate(int rows) {
        if (rows >= size) {
            return;
        }
        size = rows;
        nulls = NullBits.slice(nulls, 0, rows);
        cut(rows);
    }

    /** Appends the value that lies under a NULL. */
    abstract void appendZero();

    abstract void appendBoxed(Object value);

    abstract void copyFrom(ColumnVector source, int row);

    abstract void copyRange(ColumnVector source, int from, int to);

    /** Hands the arrays over to a vector. */
    abstract ColumnVector toVector(long @Nullable [] nullBits);

    /** Drops or rewinds the arrays; {@code size} is already 0. */
    abstract void clear();

    /** Forgets what belongs to rows from {@code rows} on; {@code size} is already set. */
    void cut(int rows) {}

    /** The length to which an array grows so that it holds {@code needed} entries. */
    final int grownLength(int length, long needed) {
        if (needed > MAX_ARRAY_LENGTH) {
            throw new TrellisException(ErrorCode.LIMIT_EXCEEDED, "column holds too much: " + needed);
        }
        long wanted = Math.max(Math.max(needed, expectedRows), length + (length >> 1));
        return (int) Math.min(wanted, MAX_ARRAY_LENGTH);
    }

    /** Whether so much of an array is unused that a copy is worth it. */
    static boolean isWasteful(int length, int used) {
        return length - used > 64 && length / 2 > used;
    }

    static long[] trim(long[] values, int used) {
        return isWasteful(values.length, used) ? Arrays.copyOf(values, used) : values;
    }
}
