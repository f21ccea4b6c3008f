package io.trellisdb.common.batch;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds {@link IntVector}s. */
public final class IntVectorBuilder extends VectorBuilder {
    private static final int[] NONE = {};

    private int[] values = NONE;

    IntVectorBuilder(DataType type, int expectedRows) {
        super(type, expectedRows);
    }

    /** Appends a value of the type's range. */
    public void appendInt(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, grownLength(size, size + 1L));
        }
        values[size++] = value;
    }

    @Override
    void appendZero() {
        appendInt(0);
    }

    @Override
    void appendBoxed(Object value) {
        switch (type.kind()) {
            case BOOLEAN -> appendInt((Boolean) value ? 1 : 0);
            case DATE -> appendInt(days((LocalDate) value));
            case NULL -> throw Boxing.otherClass(type, value);
            default -> appendInt(inRange((Integer) value));
        }
    }

    private static int days(LocalDate date) {
        long days = date.toEpochDay();
        if (days != (int) days) {
            throw new TrellisException(ErrorCode.DATETIME_OVERFLOW, "value does not fit DATE: " + date);
        }
        return (int) days;
    }

    private int inRange(int value) {
        if (!ValueRanges.fits(type, value)) {
            throw new TrellisException(ErrorCode.NUMBER_OUT_OF_RANGE, "value does not fit " + type + ": " + value);
        }
        return value;
    }

    @Override
    void copyFrom(ColumnVector source, int row) {
        appendInt(((IntVector) source).get(row));
    }

    @Override
    void copyRange(ColumnVector source, int from, int to) {
        int count = to - from;
        if (values.length - size < count) {
            values = Arrays.copyOf(values, grownLength(values.length, (long) size + count));
        }
        System.arraycopy(((IntVector) source).values(), from, values, size, count);
        size += count;
    }

    @Override
    ColumnVector toVector(long @Nullable [] nullBits) {
        int[] handed = isWasteful(values.length, size) ? Arrays.copyOf(values, size) : values;
        return new IntVector(type, handed, nullBits, size);
    }

    @Override
    void clear() {
        values = NONE;
    }
}
