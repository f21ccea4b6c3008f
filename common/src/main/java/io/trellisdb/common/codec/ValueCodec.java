package io.trellisdb.common.codec;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Single boxed values as bytes, for descriptors and literals: a column of one row in the form of {@link BatchCodec}. The
 * type is not part of it. Hot paths carry batches instead.
 */
public final class ValueCodec {
    /** What the largest value takes as a vector: its bytes, or elements that are held wider than they are stored. */
    private static final long VALUE_BYTES_MAX = 4L * DataType.MAX_LENGTH;

    private ValueCodec() {}

    /** Appends a value of the class that the {@code batch} package lists, checked as a vector builder checks it. */
    public static void encode(ByteWriter out, DataType type, @Nullable Object value) {
        encode(out, type, value, new Expansion());
    }

    static void encode(ByteWriter out, DataType type, @Nullable Object value, Expansion expansion) {
        new ColumnEncoder(out, expansion).encode(Vectors.constant(type, value, 1));
    }

    /** The value alone as an array. */
    public static byte[] encode(DataType type, @Nullable Object value) {
        ByteWriter out = new ByteWriter(32);
        encode(out, type, value);
        return out.toByteArray();
    }

    /**
     * The boxed value; damage, and a value that is larger than any value may be, fails with the reader's code. So do strings
     * that no encoder writes: they were checked before they were encoded.
     */
    public static @Nullable Object decode(ByteReader in, DataType type) {
        return decode(in, type, new Expansion());
    }

    static @Nullable Object decode(ByteReader in, DataType type, Expansion expansion) {
        ColumnVector vector;
        try {
            vector = new ColumnDecoder(in, BatchCodec.Origin.CLIENT, expansion).decode(type, 1);
        } catch (TrellisException e) {
            throw e.code() == ErrorCode.INVALID_UTF8 || e.code() == ErrorCode.STRING_TOO_LONG
                    ? in.failure("value is not valid: " + e.getMessage())
                    : e;
        }
        // before it is boxed, which takes several times as much
        if (vector.sizeBytes() > VALUE_BYTES_MAX) {
            throw in.failure("value is too large: " + vector.sizeBytes() + " bytes");
        }
        return vector.value(0);
    }
}
