package io.trellisdb.storage.block;

import io.trellisdb.common.aggregate.IntegerSum;
import io.trellisdb.common.codec.ByteReader;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a sequence of longs lies in a block and how it is encoded: read from the column's header, decoded from its body. All
 * arithmetic wraps around, so that every range of longs has differences. Immutable.
 *
 * <pre>
 * stream := codec u8 · parameters                                     body, each part padded to 8 bytes
 *   0 CONSTANT    base zigzag                                         nothing
 *   1 FRAME       base zigzag · width u8 · patches varint             packed bits, patch positions (u16), packed tops
 *                 · if any: width of their tops u8
 *   2 DELTA       first zigzag · base · width · patches               the same for n − 1 differences
 *   3 DELTA_DELTA first · first difference · base · width · patches   the same for n − 2 differences of differences
 *   4 RUNS        runs varint · stream (values) · stream (lengths)    their bodies
 *   5 PLANES      stored length varint                                zstd of all first (lowest) bytes, all second bytes, …
 * </pre>
 *
 * A patch's top is (value − base) without the bits that the width holds, zigzag, for the few values that do not fit.
 */
final class LongStream {
    static final int CONSTANT = 0;
    static final int FRAME = 1;
    static final int DELTA = 2;
    static final int DELTA_DELTA = 3;
    static final int RUNS = 4;
    static final int PLANES = 5;

    /** Patch positions have 16 bits. */
    static final int MAX_PATCHED = 1 << 16;

    private final int codec;
    private final int count;
    private final long first;
    private final long step;
    private final long base;
    private final int width;
    private final int patches;
    private final int packedAt;
    private final int positionsAt;
    private final int topWidth;
    private final int topsAt;
    private final int storedLength;
    private final int planesAt;
    private final @Nullable LongStream runValues;
    private final @Nullable LongStream runLengths;

    private LongStream(ByteReader in, BodyCursor body, int count, boolean mayHaveRuns) {
        this.count = count;
        this.codec = in.readUnsignedByte();
        if (codec > PLANES || codec == RUNS && !mayHaveRuns) {
            throw in.failure("stream has an unknown codec: " + codec);
        }
        this.first = codec == DELTA || codec == DELTA_DELTA ? in.readZigZagLong() : 0;
        this.step = codec == DELTA_DELTA ? in.readZigZagLong() : 0;
        this.base = codec < RUNS ? in.readZigZagLong() : 0;
        boolean isPacked = codec == FRAME || codec == DELTA || codec == DELTA_DELTA;
        this.width = isPacked ? in.readUnsignedByte() : 0;
        this.patches = isPacked ? in.readVarInt() : 0;
        int packed = packedCount();
        if (packed < 0 || !BitPacking.isWidth(width) || patches < 0 || patches > Math.min(packed, MAX_PATCHED)) {
            throw in.failure("stream is not valid: codec " + codec + ", width " + width + ", patches " + patches);
        }
        if (patches > 0 && (packed > MAX_PATCHED || width == BitPacking.FULL_WIDTH)) {
            throw in.failure("stream cannot have patches: " + packed + " values of width " + width);
        }
        this.packedAt = isPacked ? body.take(BitPacking.packedBytes(packed, width)) : 0;
        this.positionsAt = isPacked ? body.take(2L * patches) : 0;
        this.topWidth = patches > 0 ? in.readUnsignedByte() : 0;
        if (!BitPacking.isWidth(topWidth)) {
            throw in.failure("patches have an unknown width: " + topWidth);
        }
        this.topsAt = isPacked ? body.take(BitPacking.packedBytes(patches, topWidth)) : 0;
        if (codec == RUNS) {
            int runs = in.readVarInt();
            if (runs <= 0 || runs > count) {
                throw in.failure("stream has too many runs: " + Integer.toUnsignedString(runs));
            }
            this.runValues = new LongStream(in, body, runs, false);
            this.runLengths = new LongStream(in, body, runs, false);
        } else {
            this.runValues = null;
            this.runLengths = null;
        }
        this.storedLength = codec == PLANES ? in.readVarInt() : 0;
        this.planesAt = codec == PLANES ? body.take(storedLength & 0xFFFF_FFFFL) : 0;
    }

    /** Reads a stream's description; {@code body} moves past its body. Damage fails with the reader's code. */
    static LongStream read(ByteReader in, BodyCursor body, int count) {
        return new LongStream(in, body, count, true);
    }

    private int packedCount() {
        return codec == FRAME ? count : codec == DELTA ? count - 1 : codec == DELTA_DELTA ? count - 2 : 0;
    }

    int count() {
        return count;
    }

    boolean isConstant() {
        return codec == CONSTANT;
    }

    /** Whether value {@code i} is {@code first + i * stride}. */
    boolean isRegular() {
        return codec == CONSTANT || codec == DELTA && width == 0 && patches == 0;
    }

    long stride() {
        return codec == DELTA ? base : 0;
    }

    /** Restores the values {@code from..to - 1}. */
    void decode(byte[] bytes, int from, int to, long[] out, int outAt) {
        switch (codec) {
            case CONSTANT -> Arrays.fill(out, outAt, outAt + to - from, base);
            case FRAME -> unpack(bytes, from, to - from, out, outAt);
            case RUNS -> decodeRuns(bytes, from, to, out, outAt);
            case PLANES -> decodePlanes(bytes, from, to, out, outAt);
            default -> {
                if (from == 0) {
                    decodeSteps(bytes, to, out, outAt);
                } else if (isRegular()) {
                    addUp(first + from * base, base, out, outAt, to - from);
                } else {
                    long[] all = new long[to];
                    decodeSteps(bytes, to, all, 0);
                    System.arraycopy(all, from, out, outAt, to - from);
                }
            }
        }
    }

    private static void addUp(long start, long stride, long[] out, int outAt, int count) {
        for (int i = 0; i < count; i++) {
            out[outAt + i] = start + i * stride;
        }
    }

    private void unpack(byte[] bytes, int from, int length, long[] out, int outAt) {
        BitPacking.unpack(bytes, packedAt, from, length, width, base, out, outAt);
        for (int i = 0; i < patches; i++) {
            int position = position(bytes, i);
            if (position >= from && position < from + length) {
                out[outAt + position - from] += top(bytes, i) << width;
            }
        }
    }

    private int position(byte[] bytes, int patch) {
        int at = positionsAt + 2 * patch;
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    private long top(byte[] bytes, int patch) {
        long zigZag = BitPacking.get(bytes, topsAt, patch, topWidth);
        return zigZag >>> 1 ^ -(zigZag & 1);
    }

    private void decodeSteps(byte[] bytes, int to, long[] out, int outAt) {
        if (to == 0) {
            return;
        }
        if (isRegular()) {
            addUp(first, base, out, outAt, to);
            return;
        }
        out[outAt] = first;
        int start = outAt + 1;
        if (codec == DELTA_DELTA) {
            if (to > 1) {
                out[outAt + 1] = step;
                unpack(bytes, 0, to - 2, out, outAt + 2);
                accumulate(out, start + 1, outAt + to, step);
            }
        } else {
            unpack(bytes, 0, to - 1, out, start);
        }
        accumulate(out, start, outAt + to, first);
    }

    private static void accumulate(long[] out, int from, int to, long before) {
        long value = before;
        for (int i = from; i < to; i++) {
            value += out[i];
            out[i] = value;
        }
    }

    private void decodeRuns(byte[] bytes, int from, int to, long[] out, int outAt) {
        LongStream values = Objects.requireNonNull(runValues);
        LongStream lengths = Objects.requireNonNull(runLengths);
        int runs = values.count;
        long[] value = new long[runs];
        long[] length = new long[runs];
        values.decode(bytes, 0, runs, value, 0);
        lengths.decode(bytes, 0, runs, length, 0);
        long start = 0;
        for (int run = 0; run < runs; run++) {
            if (length[run] <= 0 || length[run] > count - start) {
                throw BodyCursor.damage("run has a wrong length: " + length[run]);
            }
            long end = start + length[run];
            int low = (int) Math.max(start, from);
            int high = (int) Math.min(end, to);
            if (low < high) {
                Arrays.fill(out, outAt + low - from, outAt + high - from, value[run]);
            }
            start = end;
        }
        if (start != count) {
            throw BodyCursor.damage("runs do not cover the rows: " + start + " of " + count);
        }
    }

    private void decodePlanes(byte[] bytes, int from, int to, long[] out, int outAt) {
        byte[] planes = Compression.decompress(bytes, planesAt, storedLength, 8 * count);
        for (int i = from; i < to; i++) {
            long value = 0;
            for (int plane = 0; plane < 8; plane++) {
                value |= (planes[plane * count + i] & 0xFFL) << 8 * plane;
            }
            out[outAt + i - from] = value;
        }
    }

    /** Adds the values {@code from..to - 1}; codes that allow it are added without restoring the values. */
    void sum(byte[] bytes, int from, int to, IntegerSum sum) {
        int length = to - from;
        if (codec == CONSTANT) {
            sum.addProduct(base, length);
        } else if (codec == FRAME && BitPacking.isSummable(length, width)) {
            sum.addProduct(base, length);
            sum.add(BitPacking.sum(bytes, packedAt, from, length, width));
            for (int i = 0; i < patches; i++) {
                int position = position(bytes, i);
                if (position >= from && position < to) {
                    long value = top(bytes, i) << width;
                    addPatched(sum, bytes, position, value);
                }
            }
        } else {
            long[] values = new long[length];
            decode(bytes, from, to, values, 0);
            sum.addAll(values, 0, length);
        }
    }

    /** The patched value may wrap around where the unpatched one does not: exchange one for the other. */
    private void addPatched(IntegerSum sum, byte[] bytes, int position, long top) {
        long packed = BitPacking.get(bytes, packedAt, position, width);
        IntegerSum unpatched = new IntegerSum();
        unpatched.add(base);
        unpatched.add(packed);
        unpatched.negate();
        sum.add(unpatched);
        sum.add(base + packed + top);
    }
}
