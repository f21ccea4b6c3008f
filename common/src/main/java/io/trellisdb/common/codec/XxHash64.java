package io.trellisdb.common.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0, as its public specification describes it. The placement of every row depends on it: it never changes.
 */
public final class XxHash64 {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    /** The sum, wrapped to 64 bits. */
    private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;

    private static final int STRIPE = 32;

    private XxHash64() {}

    public static long hash(byte[] bytes) {
        return hash(bytes, 0, bytes.length);
    }

    public static long hash(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        long hash = P5;
        if (length >= STRIPE) {
            hash = stripes(bytes, offset, length / STRIPE);
            at += length / STRIPE * STRIPE;
        }
        hash += length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONGS.get(bytes, at)), 27) * P1 + P4;
        }
        if (end - at >= Integer.BYTES) {
            hash = Long.rotateLeft(hash ^ ((int) INTS.get(bytes, at) & 0xFFFF_FFFFL) * P1, 23) * P2 + P3;
            at += Integer.BYTES;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ (bytes[at] & 0xFF) * P5, 11) * P1;
        }
        return avalanche(hash);
    }

    private static long stripes(byte[] bytes, int offset, int count) {
        long v1 = P1_PLUS_P2;
        long v2 = P2;
        long v3 = 0;
        long v4 = -P1;
        int at = offset;
        for (int i = 0; i < count; i++, at += STRIPE) {
            v1 = round(v1, (long) LONGS.get(bytes, at));
            v2 = round(v2, (long) LONGS.get(bytes, at + 8));
            v3 = round(v3, (long) LONGS.get(bytes, at + 16));
            v4 = round(v4, (long) LONGS.get(bytes, at + 24));
        }
        long hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
        hash = merge(hash, v1);
        hash = merge(hash, v2);
        hash = merge(hash, v3);
        return merge(hash, v4);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * P1 + P4;
    }

    private static long avalanche(long value) {
        long hash = (value ^ value >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }
}
