package io.trellisdb.common.codec;

import java.util.Arrays;

/** The {@code ints} of {@link BatchCodec}. */
final class IntBlock {
    private static final int MASK_1 = 0xFF;
    private static final int MASK_2 = 0xFFFF;
    private static final int WIDE = 4;

    private IntBlock() {}

    static void encode(ByteWriter out, int[] values, int count, boolean isCompact) {
        if (!isCompact) {
            encodeRaw(out, values, count);
            return;
        }
        int min = values[0];
        int max = values[0];
        for (int i = 1; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        int width = min == max ? 0 : width(max - min);
        if (width == 0) {
            out.writeByte(Blocks.CONSTANT);
            out.writeZigZagInt(min);
        } else if (width == 1 || !encodeDelta(out, values, count, width)) {
            encodeFrame(out, values, count, min, width);
        }
    }

    private static void encodeRaw(ByteWriter out, int[] values, int count) {
        out.writeByte(Blocks.RAW);
        int start = out.skip(count * Integer.BYTES);
        Blocks.at(out.array(), start, count * Integer.BYTES).asIntBuffer().put(values, 0, count);
    }

    /** Bytes that hold an unsigned range; ranges over 2^31 wrap to negative, which is unsigned just right. */
    private static int width(int range) {
        if ((range & ~MASK_1) == 0) {
            return range == 0 ? 0 : 1;
        }
        return (range & ~MASK_2) == 0 ? 2 : WIDE;
    }

    private static void encodeFrame(ByteWriter out, int[] values, int count, int base, int width) {
        if (width == WIDE) {
            encodeRaw(out, values, count);
            return;
        }
        out.writeByte(Blocks.FRAME + width);
        out.writeZigZagInt(base);
        int start = out.skip(count * width);
        byte[] bytes = out.array();
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    bytes[start + i] = (byte) (values[i] - base);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    Blocks.SHORTS.set(bytes, start + 2 * i, (short) (values[i] - base));
                }
            }
        }
    }

    /** Writes steps if they are narrower than {@code frameWidth}; steps wrap, and so does the decoder. */
    private static boolean encodeDelta(ByteWriter out, int[] values, int count, int frameWidth) {
        int min = values[1] - values[0];
        int max = min;
        for (int i = 2; i < count; i++) {
            int step = values[i] - values[i - 1];
            min = Math.min(min, step);
            max = Math.max(max, step);
        }
        int width = width(max - min);
        if (width >= frameWidth) {
            return false;
        }
        out.writeByte(Blocks.DELTA + width);
        out.writeZigZagInt(values[0]);
        out.writeZigZagInt(min);
        int start = out.skip((count - 1) * width) - width;
        byte[] bytes = out.array();
        switch (width) {
            case 0 -> {}
            case 1 -> {
                for (int i = 1; i < count; i++) {
                    bytes[start + i] = (byte) (values[i] - values[i - 1] - min);
                }
            }
            default -> {
                for (int i = 1; i < count; i++) {
                    Blocks.SHORTS.set(bytes, start + 2 * i, (short) (values[i] - values[i - 1] - min));
                }
            }
        }
        return true;
    }

    static int[] decode(ByteReader in, int count, Expansion expansion) {
        int form = in.readUnsignedByte();
        if (form == Blocks.RAW) {
            int start = in.skip((long) count * Integer.BYTES);
            int[] values = new int[count];
            Blocks.at(in.array(), start, count * Integer.BYTES).asIntBuffer().get(values);
            return values;
        }
        expansion.charge(in, (long) count * Integer.BYTES);
        if (form == Blocks.CONSTANT) {
            int value = in.readZigZagInt();
            int[] values = new int[count];
            if (value != 0) {
                Arrays.fill(values, value);
            }
            return values;
        }
        int width = form & 0xF;
        if (width > 2) {
            throw in.failure("column has an unknown form: " + form);
        }
        return switch (form & 0xF0) {
            case Blocks.FRAME -> decodeFrame(in, count, width);
            case Blocks.DELTA -> decodeDelta(in, count, width);
            default -> throw in.failure("column has an unknown form: " + form);
        };
    }

    private static int[] decodeFrame(ByteReader in, int count, int width) {
        int base = in.readZigZagInt();
        int start = in.skip((long) count * width);
        int[] values = new int[count];
        addOffsets(in.array(), start, values, 0, base, width);
        return values;
    }

    private static int[] decodeDelta(ByteReader in, int count, int width) {
        int value = in.readZigZagInt();
        int base = in.readZigZagInt();
        int start = in.skip((count - 1L) * width);
        int[] values = new int[count];
        addOffsets(in.array(), start, values, 1, base, width);
        values[0] = value;
        for (int i = 1; i < count; i++) {
            value += values[i];
            values[i] = value;
        }
        return values;
    }

    /** Sets {@code values[first…]} to the base plus the unsigned offsets of the given width. */
    private static void addOffsets(byte[] bytes, int start, int[] values, int first, int base, int width) {
        int count = values.length - first;
        switch (width) {
            case 0 -> Arrays.fill(values, first, values.length, base);
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    values[first + i] = base + (bytes[start + i] & 0xFF);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    values[first + i] = base + ((short) Blocks.SHORTS.get(bytes, start + 2 * i) & 0xFFFF);
                }
            }
        }
    }
}
