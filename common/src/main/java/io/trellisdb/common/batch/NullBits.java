package io.trellisdb.common.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Null bitmaps: bit {@code row & 63} of word {@code row >> 6} is set when the row is NULL; a null array means no NULLs. */
public final class NullBits {
    private NullBits() {}

    public static boolean isNull(long @Nullable [] bits, int row) {
        return bits != null && (bits[row >> 6] & 1L << row) != 0;
    }

    public static void set(long[] bits, int row) {
        bits[row >> 6] |= 1L << row;
    }

    public static int words(int rows) {
        return rows + 63 >> 6;
    }

    /** A bitmap for {@code rows} rows with no bit set. */
    public static long[] create(int rows) {
        return new long[words(rows)];
    }

    /** Grows {@code bits}, or creates it, so that {@code row} has a bit, and sets it. */
    public static long[] growAndSet(long @Nullable [] bits, int row) {
        int needed = words(row + 1);
        long[] grown = bits == null
                ? new long[Math.max(needed, 4)]
                : bits.length >= needed ? bits : Arrays.copyOf(bits, Math.max(needed, bits.length * 2));
        set(grown, row);
        return grown;
    }

    /** The bits of the chosen rows; null when none of them is NULL. */
    public static long @Nullable [] select(long @Nullable [] bits, int[] rows, int count) {
        if (bits == null) {
            return null;
        }
        long[] chosen = null;
        for (int i = 0; i < count; i++) {
            if (isNull(bits, rows[i])) {
                chosen = chosen == null ? create(count) : chosen;
                set(chosen, i);
            }
        }
        return chosen;
    }

    /** The bits of rows {@code from..to-1}; null when none of them is NULL. */
    public static long @Nullable [] slice(long @Nullable [] bits, int from, int to) {
        if (bits == null) {
            return null;
        }
        long[] slice = null;
        for (int row = from; row < to; row++) {
            if (isNull(bits, row)) {
                slice = slice == null ? create(to - from) : slice;
                set(slice, row - from);
            }
        }
        return slice;
    }

    /** How many of the first {@code rows} rows are NULL. */
    public static int count(long @Nullable [] bits, int rows) {
        if (bits == null) {
            return 0;
        }
        int count = 0;
        int fullWords = rows >> 6;
        for (int word = 0; word < fullWords; word++) {
            count += Long.bitCount(bits[word]);
        }
        int rest = rows & 63;
        return rest == 0 ? count : count + Long.bitCount(bits[fullWords] & (1L << rest) - 1);
    }
}
