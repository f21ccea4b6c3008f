package io.trellisdb.common.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Words that the two directions of {@link BatchCodec} share: form codes and little-endian access. */
final class Blocks {
    /** The most values of a column, those of an array column's elements included: 8 bytes each fit an array. */
    static final int MAX_ROWS = 1 << 27;

    static final int NO_NULLS = 0;
    static final int SOME_NULLS = 1;
    static final int ALL_NULLS = 2;

    static final int RAW = 0;
    static final int CONSTANT = 1;
    static final int FLOATS = 2;
    /** Plus the width in bytes. */
    static final int FRAME = 0x10;
    /** Plus the width in bytes. */
    static final int DELTA = 0x20;

    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Blocks() {}

    /** A little-endian buffer at a place of an array, for bulk copies. */
    static ByteBuffer at(byte[] bytes, int start, int length) {
        return ByteBuffer.wrap(bytes, start, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
