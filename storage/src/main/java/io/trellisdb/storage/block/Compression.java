package io.trellisdb.storage.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/** The only door to zstd. */
final class Compression {
    private static final int LEVEL = 1;

    /** Less is never worth a call. */
    private static final int MIN_LENGTH = 64;

    private static final byte[] NOTHING = {};

    private Compression() {}

    /** The compressed bytes if they are more than ten percent fewer, else an empty array. */
    static byte[] compress(byte[] source, int from, int length) {
        if (length < MIN_LENGTH) {
            return NOTHING;
        }
        byte[] target = new byte[length - length / 10];
        try {
            long size = Zstd.compressByteArray(target, 0, target.length, source, from, length, LEVEL);
            return Zstd.isError(size) || size >= target.length ? NOTHING : Arrays.copyOf(target, (int) size);
        } catch (ZstdException e) {
            // the target was too small: it would not have been worth it
            return NOTHING;
        }
    }

    /** Exactly {@code length} bytes, which the caller has bounded; anything else is damage. */
    static byte[] decompress(byte[] source, int from, int stored, int length) {
        byte[] target = new byte[length];
        long size;
        try {
            size = Zstd.decompressByteArray(target, 0, length, source, from, stored);
        } catch (ZstdException e) {
            throw BodyCursor.damage("compressed column cannot be read: " + e.getMessage());
        }
        if (Zstd.isError(size) || size != length) {
            throw BodyCursor.damage("compressed column has another length: " + size + " instead of " + length);
        }
        return target;
    }
}
