package io.trellisdb.common.batch;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds {@link BytesVector}s. */
public final class BytesVectorBuilder extends VectorBuilder {
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_OFFSETS = {0};
    /** The first guess of bytes per value. */
    private static final int EXPECTED_LENGTH = 8;

    private byte[] bytes = NO_BYTES;
    private int[] offsets = NO_OFFSETS;
    private int used;

    BytesVectorBuilder(DataType type, int expectedRows) {
        super(type, expectedRows);
    }

    /** Appends bytes as they are: for strings, UTF-8 of the type's length (CHAR without trailing blanks). */
    public void append(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, used, length);
        used += length;
        endRow();
    }

    /** Appends a string, checked against the type's length in code points; CHAR loses its trailing blanks. */
    public void appendString(String value) {
        byte[] encoded = Utf8.encode(value);
        int length = encoded.length;
        boolean isChar = type.kind() == TypeKind.CHAR;
        while (isChar && length > 0 && encoded[length - 1] == ' ') {
            length--;
        }
        int limit = type.precision();
        if (limit > 0 && length > limit && Utf8.codePoints(encoded, 0, length) > limit) {
            throw tooLong(Utf8.codePoints(encoded, 0, length) + " characters");
        }
        append(encoded, 0, length);
    }

    /** Appends binary, checked against the type's length; BINARY(n) takes exactly n bytes. */
    public void appendBinary(byte[] value) {
        int limit = type.precision();
        if (limit > 0 && value.length > limit) {
            throw tooLong(value.length + " bytes");
        }
        if (type.kind() == TypeKind.BINARY && value.length != limit) {
            throw new TrellisException(
                    ErrorCode.INVALID_PARAMETER,
                    "value has not the length of " + type + ": " + value.length + " bytes");
        }
        append(value, 0, value.length);
    }

    private TrellisException tooLong(String length) {
        return new TrellisException(ErrorCode.STRING_TOO_LONG, "value is too long for " + type + ": " + length);
    }

    private void reserve(int length) {
        long needed = (long) used + length;
        if (needed > bytes.length) {
            int first = bytes.length == 0 ? Math.min(expectedRows, Batch.MAX_ROWS) * EXPECTED_LENGTH : 0;
            bytes = Arrays.copyOf(bytes, grownLength(bytes.length, Math.max(needed, first)));
        }
    }

    private void endRow() {
        if (size + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, grownLength(offsets.length, size + 2L) + 1);
        }
        offsets[++size] = used;
    }

    @Override
    void appendZero() {
        endRow();
    }

    @Override
    void appendBoxed(Object value) {
        if (type.kind().isString()) {
            appendString((String) value);
        } else {
            appendBinary((byte[]) value);
        }
    }

    @Override
    void copyFrom(ColumnVector source, int row) {
        BytesVector vector = (BytesVector) source;
        append(vector.bytes(), vector.offset(row), vector.length(row));
    }

    @Override
    void copyRange(ColumnVector source, int from, int to) {
        BytesVector vector = (BytesVector) source;
        reserve(vector.offset(to) - vector.offset(from));
        for (int row = from; row < to; row++) {
            copyFrom(vector, row);
        }
    }

    @Override
    ColumnVector toVector(long @Nullable [] nullBits) {
        byte[] handed = isWasteful(bytes.length, used) ? Arrays.copyOf(bytes, used) : bytes;
        int[] handedOffsets = isWasteful(offsets.length, size + 1) ? Arrays.copyOf(offsets, size + 1) : offsets;
        return new BytesVector(type, handed, handedOffsets, nullBits, size);
    }

    @Override
    void clear() {
        bytes = NO_BYTES;
        offsets = NO_OFFSETS;
        used = 0;
    }

    @Override
    void cut(int rows) {
        used = offsets[rows];
    }
}
