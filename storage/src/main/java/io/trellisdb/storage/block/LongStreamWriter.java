package io.trellisdb.storage.block;

import io.trellisdb.common.codec.ByteWriter;
import java.util.Arrays;

/** Chooses the smallest encoding of a sequence of longs and writes it as {@link LongStream} draws it. Confined to one thread. */
final class LongStreamWriter {
    /** A run costs its value and about this many bits of length. */
    private static final int RUN_LENGTH_BITS = 12;

    /** A codec that restores more slowly must save this much: eight percent. */
    private static final double SLOWER = 1.08;

    private final PackingPlanner planner = new PackingPlanner();
    private long[] steps = new long[BlockFormat.MAX_ROWS];
    private long min;
    private long max;
    private long minStep;
    private long maxStep;
    private int runs;

    /** The smallest value that was written last. */
    long min() {
        return min;
    }

    /** The largest value that was written last. */
    long max() {
        return max;
    }

    void write(ByteWriter header, ByteWriter body, long[] values, int count) {
        write(header, body, values, count, true);
    }

    private void write(ByteWriter header, ByteWriter body, long[] values, int count, boolean mayHaveRuns) {
        analyse(values, count);
        if (count == 0 || min == max) {
            header.writeByte(LongStream.CONSTANT);
            header.writeZigZagLong(min);
            return;
        }
        long lowest = min;
        long highest = max;
        choose(header, body, values, count, mayHaveRuns);
        min = lowest;
        max = highest;
    }

    private void analyse(long[] values, int count) {
        long low = count == 0 ? 0 : values[0];
        long high = low;
        long lowStep = Long.MAX_VALUE;
        long highStep = Long.MIN_VALUE;
        long before = low;
        int changes = 0;
        for (int i = 1; i < count; i++) {
            long value = values[i];
            long step = value - before;
            low = Math.min(low, value);
            high = Math.max(high, value);
            lowStep = Math.min(lowStep, step);
            highStep = Math.max(highStep, step);
            changes += step == 0 ? 0 : 1;
            before = value;
        }
        min = low;
        max = high;
        minStep = lowStep;
        maxStep = highStep;
        runs = changes + 1;
    }

    private void choose(ByteWriter header, ByteWriter body, long[] values, int count, boolean mayHaveRuns) {
        int fullWidth = BitPacking.width(max - min);
        long runBits = (long) runs * (fullWidth + RUN_LENGTH_BITS);
        PackingPlanner.Plan frame = planner.plan(values, 0, count, min, max);
        if (mayHaveRuns && runs * 4 < count && runBits * SLOWER < frame.bits() && !isRegular()) {
            writeRuns(header, body, values, count);
            return;
        }
        PackingPlanner.Plan delta = planDelta(values, count, fullWidth, frame.bits());
        if (delta.bits() * SLOWER < frame.bits()) {
            PackingPlanner.Plan second = planSecond(values, count, delta);
            if (second.bits() * SLOWER < delta.bits()) {
                writeSecond(header, body, values, count, second);
            } else {
                writeDelta(header, body, values, count, delta, second.bits() < PackingPlanner.Plan.NONE.bits());
            }
        } else if (frame.width() == BitPacking.FULL_WIDTH && writePlanes(header, body, values, count)) {
            return;
        } else {
            header.writeByte(LongStream.FRAME);
            planner.write(header, body, values, 0, count, frame);
        }
    }

    private boolean isRegular() {
        return minStep == maxStep;
    }

    private PackingPlanner.Plan planDelta(long[] values, int count, int fullWidth, long frameBits) {
        if (count < 2) {
            return PackingPlanner.Plan.NONE;
        }
        if (isRegular()) {
            return new PackingPlanner.Plan(minStep, 0, 0, count - 1);
        }
        if (fullWidth <= 2 || frameBits == 0) {
            return PackingPlanner.Plan.NONE;
        }
        fillSteps(values, count);
        return planner.plan(steps, 1, count, minStep, maxStep);
    }

    private void fillSteps(long[] values, int count) {
        if (steps.length < count) {
            steps = new long[count];
        }
        long[] to = steps;
        for (int i = 1; i < count; i++) {
            to[i] = values[i] - values[i - 1];
        }
    }

    /** Differences of differences are tried only where a few of them look much narrower. */
    private PackingPlanner.Plan planSecond(long[] values, int count, PackingPlanner.Plan delta) {
        if (count < 32 || delta.width() < 4) {
            return PackingPlanner.Plan.NONE;
        }
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int i = 2; i < count; i += Math.max(1, count / 32)) {
            long second = values[i] - 2 * values[i - 1] + values[i - 2];
            low = Math.min(low, second);
            high = Math.max(high, second);
        }
        if (BitPacking.width(high - low) + 2 >= delta.width()) {
            return PackingPlanner.Plan.NONE;
        }
        // the steps are filled again if these do not win
        fillSecond(values, count);
        low = Long.MAX_VALUE;
        high = Long.MIN_VALUE;
        for (int i = 2; i < count; i++) {
            low = Math.min(low, steps[i]);
            high = Math.max(high, steps[i]);
        }
        return planner.plan(steps, 2, count, low, high);
    }

    private void fillSecond(long[] values, int count) {
        for (int i = 2; i < count; i++) {
            steps[i] = values[i] - 2 * values[i - 1] + values[i - 2];
        }
    }

    private void writeDelta(
            ByteWriter header, ByteWriter body, long[] values, int count, PackingPlanner.Plan plan, boolean isOver) {
        if (isOver) {
            fillSteps(values, count);
        }
        header.writeByte(LongStream.DELTA);
        header.writeZigZagLong(values[0]);
        planner.write(header, body, steps, 1, count, plan);
    }

    private void writeSecond(ByteWriter header, ByteWriter body, long[] values, int count, PackingPlanner.Plan plan) {
        header.writeByte(LongStream.DELTA_DELTA);
        header.writeZigZagLong(values[0]);
        header.writeZigZagLong(values[1] - values[0]);
        planner.write(header, body, steps, 2, count, plan);
    }

    private void writeRuns(ByteWriter header, ByteWriter body, long[] values, int count) {
        long[] runValues = new long[runs];
        long[] lengths = new long[runs];
        int run = -1;
        for (int i = 0; i < count; i++) {
            if (i == 0 || values[i] != values[i - 1]) {
                runValues[++run] = values[i];
            }
            lengths[run]++;
        }
        header.writeByte(LongStream.RUNS);
        header.writeVarInt(run + 1);
        write(header, body, runValues, run + 1, false);
        write(header, body, lengths, run + 1, false);
    }

    private static boolean writePlanes(ByteWriter header, ByteWriter body, long[] values, int count) {
        byte[] planes = new byte[8 * count];
        for (int i = 0; i < count; i++) {
            long value = values[i];
            for (int plane = 0; plane < 8; plane++) {
                planes[plane * count + i] = (byte) (value >>> 8 * plane);
            }
        }
        byte[] compressed = Compression.compress(planes, 0, planes.length);
        if (compressed.length == 0) {
            return false;
        }
        header.writeByte(LongStream.PLANES);
        header.writeVarInt(compressed.length);
        append(body, compressed, 0, compressed.length);
        return true;
    }

    /** Appends bytes to a body and pads it to 8. */
    static void append(ByteWriter body, byte[] bytes, int from, int length) {
        body.writeBytes(bytes, from, length);
        pad(body);
    }

    static void pad(ByteWriter body) {
        int rest = -body.position() & 7;
        int start = body.skip(rest);
        Arrays.fill(body.array(), start, start + rest, (byte) 0);
    }
}
