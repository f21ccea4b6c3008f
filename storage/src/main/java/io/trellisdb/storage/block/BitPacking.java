package io.trellisdb.storage.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers of equal width, one behind the other: value {@code i} takes the bits {@code i * width} and up of a little-endian
 * bit string, so that eight values take {@code width} whole bytes and any value is found by its index.
 *
 * <p>Writers store, and readers load, eight bytes at a time: both need {@value #SLACK} bytes behind the last value.
 */
final class BitPacking {
    /** Bytes behind the last value that may be loaded, and are overwritten with zeros. */
    static final int SLACK = 8;

    /** A wider value would not fit an eight-byte load at every bit; those take {@value #FULL_WIDTH} bits. */
    private static final int MAX_NARROW_WIDTH = 57;

    static final int FULL_WIDTH = 64;
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private BitPacking() {}

    /** The width for values up to {@code unsignedMax}. */
    static int width(long unsignedMax) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(unsignedMax);
        return bits > MAX_NARROW_WIDTH ? FULL_WIDTH : bits;
    }

    static boolean isWidth(int width) {
        return width >= 0 && (width <= MAX_NARROW_WIDTH || width == FULL_WIDTH);
    }

    static long packedBytes(int count, int width) {
        return ((long) count * width + 7) >>> 3;
    }

    static long mask(int width) {
        return width == 0 ? 0 : -1L >>> Long.SIZE - width;
    }

    /** Packs the low bits of {@code values[i] - base}. */
    static void pack(long[] values, int from, int count, long base, int width, byte[] out, int start) {
        if (width == 0) {
            return;
        }
        int end = from + count;
        int i = from;
        int at = start;
        long mask = mask(width);
        if (width <= 8) {
            for (; i + 8 <= end; i += 8, at += width) {
                LONGS.set(out, at, eight(values, i, base, mask, width));
            }
        } else if (width <= 16) {
            int half = 4 * width;
            for (; i + 8 <= end; i += 8, at += width) {
                long low = four(values, i, base, mask, width);
                long high = four(values, i + 4, base, mask, width);
                if (half == Long.SIZE) {
                    LONGS.set(out, at, low);
                    LONGS.set(out, at + 8, high);
                } else {
                    LONGS.set(out, at, low | high << half);
                    LONGS.set(out, at + 8, high >>> Long.SIZE - half);
                }
            }
        }
        packSlowly(values, i, end, base, width, out, at);
    }

    private static long eight(long[] values, int i, long base, long mask, int width) {
        return four(values, i, base, mask, width) | four(values, i + 4, base, mask, width) << 4 * width;
    }

    private static long four(long[] values, int i, long base, long mask, int width) {
        return values[i] - base & mask
                | (values[i + 1] - base & mask) << width
                | (values[i + 2] - base & mask) << 2 * width
                | (values[i + 3] - base & mask) << 3 * width;
    }

    private static void packSlowly(long[] values, int from, int end, long base, int width, byte[] out, int start) {
        long mask = mask(width);
        long pending = 0;
        int filled = 0;
        int at = start;
        for (int i = from; i < end; i++) {
            long value = values[i] - base & mask;
            pending |= value << filled;
            filled += width;
            if (filled >= Long.SIZE) {
                LONGS.set(out, at, pending);
                at += 8;
                filled -= Long.SIZE;
                pending = filled == 0 ? 0 : value >>> width - filled;
            }
        }
        LONGS.set(out, at, pending);
    }

    /** The value of an index, for any width. */
    static long get(byte[] in, int start, int index, int width) {
        return width == FULL_WIDTH
                ? (long) LONGS.get(in, start + 8 * index)
                : valueAt(in, start, index, width, mask(width));
    }

    private static long valueAt(byte[] in, int start, int index, int width, long mask) {
        long bit = (long) index * width;
        return (long) LONGS.get(in, start + (int) (bit >>> 3)) >>> (bit & 7) & mask;
    }

    /** Restores the values {@code from..from + count - 1} of the bit string at {@code start}, each plus {@code base}. */
    static void unpack(byte[] in, int start, int from, int count, int width, long base, long[] out, int outAt) {
        if (width == 0) {
            Arrays.fill(out, outAt, outAt + count, base);
            return;
        }
        if (width == FULL_WIDTH) {
            for (int i = 0; i < count; i++) {
                out[outAt + i] = base + (long) LONGS.get(in, start + 8 * (from + i));
            }
            return;
        }
        long mask = mask(width);
        int end = from + count;
        int i = from;
        int to = outAt;
        while (i < end && (i & 7) != 0) {
            out[to++] = base + valueAt(in, start, i++, width, mask);
        }
        int groups = end - i >> 3;
        unpackGroups(in, start + (i >> 3) * width, groups, width, base, out, to);
        i += groups << 3;
        to += groups << 3;
        while (i < end) {
            out[to++] = base + valueAt(in, start, i++, width, mask);
        }
    }

    private static void unpackGroups(byte[] in, int at, int groups, int width, long base, long[] out, int to) {
        if (width <= 8) {
            unpackByEight(in, at, groups, width, base, out, to);
        } else if (width <= 16) {
            unpackByFour(in, at, groups, width, base, out, to);
        } else if (width <= 28) {
            unpackByTwo(in, at, groups, width, base, out, to);
        } else {
            unpackByOne(in, at, groups, width, base, out, to);
        }
    }

    private static void unpackByEight(byte[] in, int start, int groups, int width, long base, long[] out, int to) {
        long mask = mask(width);
        int at = start;
        int end = to + 8 * groups;
        for (int i = to; i < end; i += 8, at += width) {
            long bits = (long) LONGS.get(in, at);
            out[i] = base + (bits & mask);
            out[i + 1] = base + (bits >>> width & mask);
            out[i + 2] = base + (bits >>> 2 * width & mask);
            out[i + 3] = base + (bits >>> 3 * width & mask);
            out[i + 4] = base + (bits >>> 4 * width & mask);
            out[i + 5] = base + (bits >>> 5 * width & mask);
            out[i + 6] = base + (bits >>> 6 * width & mask);
            out[i + 7] = base + (bits >>> 7 * width & mask);
        }
    }

    private static void unpackByFour(byte[] in, int start, int groups, int width, long base, long[] out, int to) {
        long mask = mask(width);
        int offset = 4 * width >>> 3;
        int shift = 4 * width & 7;
        int at = start;
        int end = to + 8 * groups;
        for (int i = to; i < end; i += 8, at += width) {
            long low = (long) LONGS.get(in, at);
            long high = (long) LONGS.get(in, at + offset) >>> shift;
            out[i] = base + (low & mask);
            out[i + 1] = base + (low >>> width & mask);
            out[i + 2] = base + (low >>> 2 * width & mask);
            out[i + 3] = base + (low >>> 3 * width & mask);
            out[i + 4] = base + (high & mask);
            out[i + 5] = base + (high >>> width & mask);
            out[i + 6] = base + (high >>> 2 * width & mask);
            out[i + 7] = base + (high >>> 3 * width & mask);
        }
    }

    private static void unpackByTwo(byte[] in, int start, int groups, int width, long base, long[] out, int to) {
        long mask = mask(width);
        int at = start;
        int end = to + 8 * groups;
        for (int i = to; i < end; i += 8, at += width) {
            long first = (long) LONGS.get(in, at);
            long second = (long) LONGS.get(in, at + (2 * width >>> 3)) >>> (2 * width & 7);
            long third = (long) LONGS.get(in, at + (4 * width >>> 3)) >>> (4 * width & 7);
            long fourth = (long) LONGS.get(in, at + (6 * width >>> 3)) >>> (6 * width & 7);
            out[i] = base + (first & mask);
            out[i + 1] = base + (first >>> width & mask);
            out[i + 2] = base + (second & mask);
            out[i + 3] = base + (second >>> width & mask);
            out[i + 4] = base + (third & mask);
            out[i + 5] = base + (third >>> width & mask);
            out[i + 6] = base + (fourth & mask);
            out[i + 7] = base + (fourth >>> width & mask);
        }
    }

    private static void unpackByOne(byte[] in, int start, int groups, int width, long base, long[] out, int to) {
        long mask = mask(width);
        int at = start;
        int end = to + 8 * groups;
        for (int i = to; i < end; i += 8, at += width) {
            out[i] = base + ((long) LONGS.get(in, at) & mask);
            out[i + 1] = base + loadAt(in, at, width, mask);
            out[i + 2] = base + loadAt(in, at, 2 * width, mask);
            out[i + 3] = base + loadAt(in, at, 3 * width, mask);
            out[i + 4] = base + loadAt(in, at, 4 * width, mask);
            out[i + 5] = base + loadAt(in, at, 5 * width, mask);
            out[i + 6] = base + loadAt(in, at, 6 * width, mask);
            out[i + 7] = base + loadAt(in, at, 7 * width, mask);
        }
    }

    private static long loadAt(byte[] in, int at, int bit, long mask) {
        return (long) LONGS.get(in, at + (bit >>> 3)) >>> (bit & 7) & mask;
    }

    /** Whether the sum of so many values of a width fits a long. */
    static boolean isSummable(int count, int width) {
        return width + Long.SIZE - Long.numberOfLeadingZeros(count) < Long.SIZE;
    }

    /** The sum of the values {@code from..from + count - 1}, which must be {@linkplain #isSummable summable}. */
    static long sum(byte[] in, int start, int from, int count, int width) {
        if (width == 0) {
            return 0;
        }
        long mask = mask(width);
        int end = from + count;
        int i = from;
        long sum = 0;
        while (i < end && (i & 7) != 0) {
            sum += valueAt(in, start, i++, width, mask);
        }
        int groups = end - i >> 3;
        int at = start + (i >> 3) * width;
        sum += width <= 8
                ? sumByEight(in, at, groups, width)
                : width <= 16 ? sumByFour(in, at, groups, width) : sumByOne(in, at, groups, width);
        i += groups << 3;
        while (i < end) {
            sum += valueAt(in, start, i++, width, mask);
        }
        return sum;
    }

    private static long sumByEight(byte[] in, int start, int groups, int width) {
        long mask = mask(width);
        int at = start;
        long left = 0;
        long right = 0;
        for (int group = 0; group < groups; group++, at += width) {
            long bits = (long) LONGS.get(in, at);
            left += (bits & mask)
                    + (bits >>> width & mask)
                    + ((bits >>> 2 * width & mask) + (bits >>> 3 * width & mask));
            right += (bits >>> 4 * width & mask)
                    + (bits >>> 5 * width & mask)
                    + ((bits >>> 6 * width & mask) + (bits >>> 7 * width & mask));
        }
        return left + right;
    }

    private static long sumByFour(byte[] in, int start, int groups, int width) {
        long mask = mask(width);
        int offset = 4 * width >>> 3;
        int shift = 4 * width & 7;
        int at = start;
        long left = 0;
        long right = 0;
        for (int group = 0; group < groups; group++, at += width) {
            long low = (long) LONGS.get(in, at);
            long high = (long) LONGS.get(in, at + offset) >>> shift;
            left += (low & mask) + (low >>> width & mask) + ((low >>> 2 * width & mask) + (low >>> 3 * width & mask));
            right += (high & mask)
                    + (high >>> width & mask)
                    + ((high >>> 2 * width & mask) + (high >>> 3 * width & mask));
        }
        return left + right;
    }

    private static long sumByOne(byte[] in, int start, int groups, int width) {
        long mask = mask(width);
        int at = start;
        long sum = 0;
        for (int group = 0; group < groups; group++, at += width) {
            for (int bit = 0; bit < 8 * width; bit += width) {
                sum += loadAt(in, at, bit, mask);
            }
        }
        return sum;
    }
}
