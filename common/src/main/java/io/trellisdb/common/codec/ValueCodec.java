package io.trellisdb.common.codec;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Single boxed values as bytes, for descriptors and literals: a column of one row in the form of {@link BatchCodec}. The
 * type is not part of it. Hot paths carry batches instead.
 */
public final class ValueCodec {
    private ValueCodec() {}

    /** Appends a value of the class that the {@code batch} package lists, checked as a vector builder checks it. */
    public static void encode(ByteWriter out, DataType type, @Nullable Object value) {
        new ColumnEncoder(out).encode(Vectors.constant(type, value, 1));
    }

    /** The value alone as an array. */
    public static byte[] encode(DataType type, @Nullable Object value) {
        ByteWriter out = new ByteWriter(32);
        encode(out, type, value);
        return out.toByteArray();
    }

    /** The boxed value; damage fails with the reader's code. */
    public static @Nullable Object decode(ByteReader in, DataType type) {
        ColumnVector vector = new ColumnDecoder(in, BatchCodec.Origin.CLIENT).decode(type, 1);
        return vector.value(0);
    }
}
