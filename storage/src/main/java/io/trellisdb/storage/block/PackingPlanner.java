package io.trellisdb.storage.block;

import io.trellisdb.common.codec.ByteWriter;
import java.util.Arrays;

/**
 * Decides with which base and width a sequence is packed, so that few values stick out and are patched, and writes it. The
 * plan is made from a sample; a plan that turns out to need too many patches is replaced by one without. Confined to one
 * thread.
 */
final class PackingPlanner {
    /** A patch takes two bytes of position and a few bits of value. */
    private static final int PATCH_BITS = 20;

    /** Fewer values are not worth patches. */
    private static final int MIN_PATCHED = 64;

    /** More patches than one of so many values slow reading down. */
    private static final int MAX_PATCHED_SHARE = 16;

    /** Up to this width the sample is counted by value. */
    private static final int MAX_COUNTED_WIDTH = 8;

    private static final int COUNTED_SAMPLE = 512;
    private static final int SORTED_SAMPLE = 64;

    /** A patched plan must save this much. */
    private static final double WORTH = 0.95;

    private final int[] counts = new int[1 << MAX_COUNTED_WIDTH];
    private final long[] sample = new long[SORTED_SAMPLE];
    private int[] patched = new int[64];

    /** Base and width of a sequence; {@code plainWidth} is the width without patches, from {@code plainBase}. */
    record Plan(long base, int width, int plainWidth, long plainBase, long bits) {
        /** Not to be chosen. */
        static final Plan NONE = new Plan(0, BitPacking.FULL_WIDTH, BitPacking.FULL_WIDTH, 0, Long.MAX_VALUE / 2);

        Plan(long base, int width, long unused, int count) {
            this(base, width, width, base, (long) width * count + unused);
        }

        boolean isPlain() {
            return width == plainWidth;
        }

        Plan plain() {
            return new Plan(plainBase, plainWidth, plainWidth, plainBase, bits);
        }
    }

    /** The plan for the values {@code from..to - 1}, whose ends are known. */
    Plan plan(long[] values, int from, int to, long min, long max) {
        int count = to - from;
        int full = BitPacking.width(max - min);
        Plan plain = new Plan(min, full, 0, count);
        if (full < 2 || count < MIN_PATCHED || count > LongStream.MAX_PATCHED) {
            return plain;
        }
        return full <= MAX_COUNTED_WIDTH
                ? planCounted(values, from, to, plain)
                : planSorted(values, from, to, min, plain);
    }

    /** Slides a window of each smaller width over the counted sample. */
    private Plan planCounted(long[] values, int from, int to, Plan plain) {
        int size = 1 << plain.width();
        Arrays.fill(counts, 0, size, 0);
        int stride = Math.max(1, (to - from) / COUNTED_SAMPLE);
        int taken = 0;
        for (int i = from; i < to; i += stride) {
            counts[(int) (values[i] - plain.base())]++;
            taken++;
        }
        Plan best = plain;
        int count = to - from;
        for (int width = plain.width() - 1; width >= 0; width--) {
            int window = 1 << width;
            int inside = 0;
            int mostInside = -1;
            int start = 0;
            for (int i = 0; i < size; i++) {
                inside += counts[i] - (i >= window ? counts[i - window] : 0);
                if (inside > mostInside && i >= window - 1) {
                    mostInside = inside;
                    start = i - window + 1;
                }
            }
            int outside = taken - mostInside;
            if (outside * MAX_PATCHED_SHARE > taken) {
                break;
            }
            long bits = (long) width * count + (long) outside * PATCH_BITS * count / taken;
            if (bits < best.bits() && bits < plain.bits() * WORTH) {
                best = new Plan(plain.base() + start, width, plain.width(), plain.base(), bits);
            }
        }
        return best;
    }

    /** Leaves out the ends of a sorted sample. */
    private Plan planSorted(long[] values, int from, int to, long min, Plan plain) {
        int count = to - from;
        for (int i = 0; i < SORTED_SAMPLE; i++) {
            sample[i] = values[from + (int) ((long) i * count / SORTED_SAMPLE)];
        }
        Arrays.sort(sample);
        long low = sample[1];
        long span = sample[SORTED_SAMPLE - 2] - low;
        if (BitPacking.width(span) >= plain.width()) {
            return plain;
        }
        // one-sided values begin at the smallest one, others lie around the middle
        boolean isOneSided = Long.compareUnsigned(low - min, span >>> 3) <= 0;
        long zero = isOneSided ? min : low + (span >>> 1);
        int[] lengths = new int[Long.SIZE + 1];
        for (int i = from; i < to; i++) {
            long value = values[i] - zero;
            lengths[Long.SIZE - Long.numberOfLeadingZeros(isOneSided ? value : value << 1 ^ value >> 63)]++;
        }
        Plan best = plain;
        int outside = 0;
        for (int width = Long.SIZE; width >= 0; width--) {
            long bits = (long) width * count + (long) outside * (PATCH_BITS + plain.width() - width);
            boolean isFew = (long) outside * MAX_PATCHED_SHARE <= count;
            if (isFew && BitPacking.isWidth(width) && width < BitPacking.FULL_WIDTH && bits < best.bits() * WORTH) {
                best = new Plan(base(zero, width, isOneSided), width, plain.width(), plain.base(), bits);
            }
            outside += lengths[width];
        }
        return best;
    }

    private static long base(long zero, int width, boolean isOneSided) {
        return isOneSided || width == 0 ? zero : zero - (1L << width - 1);
    }

    /** Writes base, width and patches to the header, bits and patches to the body. */
    void write(ByteWriter header, ByteWriter body, long[] values, int from, int to, Plan wanted) {
        Plan plan = wanted;
        int patches = plan.isPlain() ? 0 : findPatches(values, from, to, plan);
        if (patches < 0) {
            plan = plan.plain();
            patches = 0;
        }
        header.writeZigZagLong(plan.base());
        header.writeByte(plan.width());
        header.writeVarInt(patches);
        pack(body, values, from, to - from, plan.base(), plan.width());
        writePatches(header, body, values, from, plan, patches);
    }

    /** The positions that need a patch go to {@link #patched}; −1 when they are too many. */
    private int findPatches(long[] values, int from, int to, Plan plan) {
        int limit = (to - from) / MAX_PATCHED_SHARE + 1;
        if (patched.length < limit) {
            patched = new int[limit];
        }
        long base = plan.base();
        int width = plan.width();
        int found = 0;
        for (int i = from; i < to; i++) {
            if ((values[i] - base) >>> width != 0) {
                if (found == limit) {
                    return -1;
                }
                patched[found++] = i - from;
            }
        }
        return found;
    }

    private void writePatches(ByteWriter header, ByteWriter body, long[] values, int from, Plan plan, int patches) {
        if (patches == 0) {
            return;
        }
        for (int i = 0; i < patches; i++) {
            body.writeByte(patched[i]);
            body.writeByte(patched[i] >>> 8);
        }
        LongStreamWriter.pad(body);
        long[] tops = new long[patches];
        long all = 0;
        for (int i = 0; i < patches; i++) {
            long top = (values[from + patched[i]] - plan.base()) >> plan.width();
            tops[i] = top << 1 ^ top >> 63;
            all |= tops[i];
        }
        int width = BitPacking.width(all);
        header.writeByte(width);
        pack(body, tops, 0, patches, 0, width);
    }

    private static void pack(ByteWriter body, long[] values, int from, int count, long base, int width) {
        int length = BlockFormat.aligned((int) BitPacking.packedBytes(count, width));
        int start = body.skip(length + BitPacking.SLACK);
        Arrays.fill(body.array(), Math.max(start, start + length - BitPacking.SLACK), body.position(), (byte) 0);
        BitPacking.pack(values, from, count, base, width, body.array(), start);
        body.truncate(start + length);
    }
}
