package io.trellisdb.common.codec;

import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.Int128VectorBuilder;
import io.trellisdb.common.batch.IntVectorBuilder;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The way back from a key to values; {@link KeyCodec} draws the form. */
final class KeyDecoder {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final KeyCodec.KeyPart[] parts;

    KeyDecoder(KeyCodec.KeyPart[] parts) {
        this.parts = parts;
    }

    int decode(byte[] key, int offset, @Nullable VectorBuilder[] builders) {
        int at = offset;
        for (int i = 0; i < builders.length; i++) {
            at = decodePart(key, at, parts[i], builders[i]);
        }
        return at;
    }

    int skip(byte[] key, int offset, int count) {
        int at = offset;
        for (int i = 0; i < count; i++) {
            at = decodePart(key, at, parts[i], null);
        }
        return at;
    }

    private static int decodePart(byte[] key, int offset, KeyCodec.KeyPart part, @Nullable VectorBuilder out) {
        need(key, offset, 1);
        int mask = part.descending() ? 0xFF : 0;
        int marker = key[offset] & 0xFF ^ mask;
        if (marker == 2) {
            if (out != null) {
                out.appendNull();
            }
            return offset + 1;
        }
        if (marker != 1) {
            throw damaged("marker is unknown", marker);
        }
        int at = offset + 1;
        DataType type = part.type();
        return switch (type.layout()) {
            case INT -> decodeInt(key, at, part, (IntVectorBuilder) out);
            case LONG -> {
                long value = longAt(key, at, mask) ^ Long.MIN_VALUE;
                check(type, value);
                if (out != null) {
                    ((LongVectorBuilder) out).appendLong(value);
                }
                yield at + Long.BYTES;
            }
            case DOUBLE -> {
                double value = fromOrderedBits(longAt(key, at, mask));
                if (type.kind() == TypeKind.REAL && value != (float) value && !Double.isNaN(value)) {
                    throw damaged("value is out of the range of REAL", value);
                }
                if (out != null) {
                    ((DoubleVectorBuilder) out).appendDouble(value);
                }
                yield at + Double.BYTES;
            }
            case INT128 -> decodeWide(key, at, part, (Int128VectorBuilder) out);
            case BYTES -> decodeBytes(key, at, mask, (BytesVectorBuilder) out);
            case ARRAY -> throw new IllegalStateException("arrays are refused by the codec's constructor");
        };
    }

    private static int decodeInt(byte[] key, int at, KeyCodec.KeyPart part, @Nullable IntVectorBuilder out) {
        int mask = part.descending() ? 0xFF : 0;
        long value;
        int length;
        switch (part.type().kind()) {
            case BOOLEAN -> {
                need(key, at, 1);
                value = key[at] & 0xFF ^ mask;
                length = 1;
            }
            case DATE -> {
                need(key, at, Integer.BYTES);
                value = (int) INTS.get(key, at) ^ (mask == 0 ? 0 : -1) ^ Integer.MIN_VALUE;
                length = Integer.BYTES;
            }
            default -> {
                value = longAt(key, at, mask) ^ Long.MIN_VALUE;
                length = Long.BYTES;
            }
        }
        check(part.type(), value);
        if (out != null) {
            out.appendInt((int) value);
        }
        return at + length;
    }

    private static int decodeWide(byte[] key, int at, KeyCodec.KeyPart part, @Nullable Int128VectorBuilder out) {
        int mask = part.descending() ? 0xFF : 0;
        long high = longAt(key, at, mask) ^ (part.type().kind() == TypeKind.UUID ? 0 : Long.MIN_VALUE);
        long low = longAt(key, at + Long.BYTES, mask);
        if (!ValueRanges.fits(part.type(), high, low)) {
            throw damaged("value is out of the range of " + part.type(), high);
        }
        if (out != null) {
            out.append(high, low);
        }
        return at + 2 * Long.BYTES;
    }

    /** Finds the terminator, then copies the bytes with their escapes undone. */
    private static int decodeBytes(byte[] key, int from, int mask, @Nullable BytesVectorBuilder out) {
        int escapes = 0;
        int at = from;
        while (true) {
            need(key, at, 2);
            if ((key[at] & 0xFF ^ mask) != 0) {
                at++;
                continue;
            }
            int second = key[at + 1] & 0xFF ^ mask;
            if (second == 1) {
                break;
            }
            if (second != 0xFF) {
                throw damaged("escape is unknown", second);
            }
            escapes++;
            at += 2;
        }
        if (out != null) {
            appendUnescaped(key, from, at, mask, escapes, out);
        }
        return at + 2;
    }

    private static void appendUnescaped(byte[] key, int from, int to, int mask, int escapes, BytesVectorBuilder out) {
        if (mask == 0 && escapes == 0) {
            out.append(key, from, to - from);
            return;
        }
        byte[] plain = new byte[to - from - escapes];
        int at = from;
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (key[at] ^ mask);
            at += plain[i] == 0 ? 2 : 1;
        }
        out.append(plain, 0, plain.length);
    }

    private static double fromOrderedBits(long ordered) {
        return Double.longBitsToDouble(ordered < 0 ? ordered ^ Long.MIN_VALUE : ~ordered);
    }

    private static long longAt(byte[] key, int at, int mask) {
        need(key, at, Long.BYTES);
        long value = (long) LONGS.get(key, at);
        return mask == 0 ? value : ~value;
    }

    private static void need(byte[] key, int at, int count) {
        if (at < 0 || count > key.length - at) {
            throw damaged("key ends too early", key.length);
        }
    }

    private static void check(DataType type, long value) {
        if (!ValueRanges.fits(type, value)) {
            throw damaged("value is out of the range of " + type, value);
        }
    }

    private static TrellisException damaged(String what, Object value) {
        return new TrellisException(ErrorCode.DATA_CORRUPTED, "key is damaged: " + what + ": " + value);
    }
}
