package io.trellisdb.common.batch;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Checks of UTF-8 bytes. Java's own conversions replace what they cannot convert; these refuse it. */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The bytes of a string; a half surrogate pair is {@link ErrorCode#INVALID_UTF8}. */
    public static byte[] encode(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new TrellisException(
                            ErrorCode.INVALID_UTF8, "string holds half a surrogate pair: at character " + (i + 1));
                }
                i++;
            }
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the bytes are well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            i = skipAscii(bytes, i, to);
            if (i < to) {
                int length = sequenceLength(bytes, i, to);
                if (length == 0) {
                    return false;
                }
                i += length;
            }
        }
        return true;
    }

    /** How many code points well-formed UTF-8 holds. */
    public static int codePoints(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int i = from;
        while (to - i >= Long.BYTES && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** The length of the multi-byte sequence at {@code i} (Unicode standard, table 3-7), or 0 when it is malformed. */
    private static int sequenceLength(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || to - i < length) {
            return 0;
        }
        int second = bytes[i + 1] & 0xFF;
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
