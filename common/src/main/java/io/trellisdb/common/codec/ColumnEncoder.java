package io.trellisdb.common.codec;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the columns of one batch in the form that {@link BatchCodec} draws. */
final class ColumnEncoder {
    private static final long CANONICAL_NAN = 0x7FF8_0000_0000_0000L;

    private final ByteWriter out;
    private final Expansion expansion;

    ColumnEncoder(ByteWriter out) {
        this(out, new Expansion());
    }

    /** For columns that share their expansion with what others encode. */
    ColumnEncoder(ByteWriter out, Expansion expansion) {
        this.out = out;
        this.expansion = expansion;
    }

    void encode(ColumnVector vector) {
        int count = vector.size();
        if (count > Blocks.MAX_ROWS) {
            throw new TrellisException(ErrorCode.LIMIT_EXCEEDED, "arrays have too many elements: " + count);
        }
        long[] bits = nulls(vector);
        int nullCount = NullBits.count(bits, count);
        if (nullCount == 0) {
            bits = null;
        }
        if (nullCount > 0 && nullCount == count && (count <= Batch.MAX_ROWS || expansion.allows(16L * count))) {
            out.writeByte(Blocks.ALL_NULLS);
            return;
        }
        out.writeByte(bits == null ? Blocks.NO_NULLS : Blocks.SOME_NULLS);
        if (bits != null) {
            writeBits(bits, count);
        }
        if (count > 0) {
            encodeValues(vector, bits, count);
        }
    }

    private static long @Nullable [] nulls(ColumnVector vector) {
        if (vector instanceof IntVector ints) {
            return ints.nulls();
        } else if (vector instanceof LongVector longs) {
            return longs.nulls();
        } else if (vector instanceof DoubleVector doubles) {
            return doubles.nulls();
        } else if (vector instanceof Int128Vector wide) {
            return wide.nulls();
        } else if (vector instanceof BytesVector bytes) {
            return bytes.nulls();
        } else {
            return ((ArrayVector) vector).nulls();
        }
    }

    private void writeBits(long[] bits, int count) {
        int length = count + 7 >> 3;
        int start = out.skip(length);
        byte[] bytes = out.array();
        for (int i = 0; i < length; i++) {
            bytes[start + i] = (byte) (bits[i >> 3] >>> ((i & 7) << 3));
        }
        int rest = count & 7;
        if (rest != 0) {
            bytes[start + length - 1] &= (byte) ((1 << rest) - 1);
        }
    }

    private void encodeValues(ColumnVector vector, long @Nullable [] bits, int count) {
        if (vector instanceof IntVector ints) {
            encodeInts(bits == null ? ints.values() : filled(ints.values(), bits, count), count);
        } else if (vector instanceof LongVector longs) {
            encodeLongs(bits == null ? longs.values() : filled(longs.values(), bits, count), count);
        } else if (vector instanceof DoubleVector doubles) {
            encodeDoubles(bits == null ? doubles.values() : filled(doubles.values(), bits, count), count);
        } else if (vector instanceof Int128Vector wide) {
            encodeWide(wide, bits, count);
        } else if (vector instanceof BytesVector bytes) {
            encodeBytes(bytes, bits, count);
        } else {
            encodeArrays((ArrayVector) vector, bits, count);
        }
    }

    private void encodeInts(int[] values, int count) {
        IntBlock.encode(out, values, count, expansion.allows((long) Integer.BYTES * count));
    }

    private void encodeLongs(long[] values, int count) {
        LongBlock.encode(out, values, count, expansion.allows((long) Long.BYTES * count));
    }

    /** NULL rows repeat the value before them, which keeps ranges and steps narrow. */
    private static int[] filled(int[] values, long[] bits, int count) {
        int[] filled = new int[count];
        int last = values[firstPresent(bits, count)];
        for (int i = 0; i < count; i++) {
            last = NullBits.isNull(bits, i) ? last : values[i];
            filled[i] = last;
        }
        return filled;
    }

    private static long[] filled(long[] values, long[] bits, int count) {
        long[] filled = new long[count];
        long last = values[firstPresent(bits, count)];
        for (int i = 0; i < count; i++) {
            last = NullBits.isNull(bits, i) ? last : values[i];
            filled[i] = last;
        }
        return filled;
    }

    private static double[] filled(double[] values, long[] bits, int count) {
        double[] filled = new double[count];
        double last = values[firstPresent(bits, count)];
        for (int i = 0; i < count; i++) {
            last = NullBits.isNull(bits, i) ? last : values[i];
            filled[i] = last;
        }
        return filled;
    }

    private static int firstPresent(long[] bits, int count) {
        for (int i = 0; i < count; i++) {
            if (!NullBits.isNull(bits, i)) {
                return i;
            }
        }
        return 0;
    }

    private void encodeDoubles(double[] values, int count) {
        boolean isCompact = expansion.allows((long) Double.BYTES * count);
        if (isCompact && isConstant(values, count)) {
            out.writeByte(Blocks.CONSTANT);
            int start = out.skip(Long.BYTES);
            Blocks.LONGS.set(out.array(), start, Double.doubleToRawLongBits(values[0]));
        } else if (isCompact && areFloats(values, count)) {
            out.writeByte(Blocks.FLOATS);
            int start = out.skip(count * Float.BYTES);
            byte[] bytes = out.array();
            for (int i = 0; i < count; i++) {
                Blocks.INTS.set(bytes, start + 4 * i, Float.floatToRawIntBits((float) values[i]));
            }
        } else {
            out.writeByte(Blocks.RAW);
            int start = out.skip(count * Double.BYTES);
            Blocks.at(out.array(), start, count * Double.BYTES).asDoubleBuffer().put(values, 0, count);
        }
    }

    private static boolean isConstant(double[] values, int count) {
        long first = Double.doubleToRawLongBits(values[0]);
        for (int i = 1; i < count; i++) {
            if (Double.doubleToRawLongBits(values[i]) != first) {
                return false;
            }
        }
        return true;
    }

    /** NaNs other than the canonical one stay doubles: a float would lose part of their bits. */
    private static boolean areFloats(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            double value = values[i];
            boolean isFloat =
                    value == (float) value || Double.isNaN(value) && Double.doubleToRawLongBits(value) == CANONICAL_NAN;
            if (!isFloat) {
                return false;
            }
        }
        return true;
    }

    private void encodeWide(Int128Vector vector, long @Nullable [] bits, int count) {
        long[] highs = new long[count];
        long[] lows = new long[count];
        for (int i = 0; i < count; i++) {
            highs[i] = vector.high(i);
            lows[i] = vector.low(i);
        }
        encodeLongs(bits == null ? highs : filled(highs, bits, count), count);
        encodeLongs(bits == null ? lows : filled(lows, bits, count), count);
    }

    private void encodeBytes(BytesVector vector, long @Nullable [] bits, int count) {
        int[] lengths = new int[count];
        boolean areConstant = true;
        long total = 0;
        int first = bits == null ? 0 : firstPresent(bits, count);
        int last = vector.length(first);
        for (int i = 0; i < count; i++) {
            if (!NullBits.isNull(bits, i)) {
                last = vector.length(i);
                total += last;
                areConstant = areConstant && equalBytes(vector, first, i);
            }
            lengths[i] = last;
        }
        encodeInts(lengths, count);
        if (areConstant && count > 1 && expansion.allows(total)) {
            out.writeByte(1);
            out.writeBytes(vector.bytes(), vector.offset(first), vector.length(first));
            return;
        }
        out.writeByte(0);
        if (vector.offset(count) - vector.offset(0) == total) {
            out.writeBytes(vector.bytes(), vector.offset(0), (int) total);
        } else {
            writePresent(vector, bits, count);
        }
    }

    private static boolean equalBytes(BytesVector vector, int a, int b) {
        return Arrays.equals(
                vector.bytes(),
                vector.offset(a),
                vector.offset(a) + vector.length(a),
                vector.bytes(),
                vector.offset(b),
                vector.offset(b) + vector.length(b));
    }

    /** Somebody left bytes under a NULL. */
    private void writePresent(BytesVector vector, long @Nullable [] bits, int count) {
        for (int i = 0; i < count; i++) {
            if (!NullBits.isNull(bits, i)) {
                out.writeBytes(vector.bytes(), vector.offset(i), vector.length(i));
            }
        }
    }

    private void encodeArrays(ArrayVector vector, long @Nullable [] bits, int count) {
        int[] offsets = vector.offsets();
        int[] lengths = new int[count];
        int[] present = new int[count];
        int presentCount = 0;
        int total = 0;
        int last = 0;
        for (int i = 0; i < count; i++) {
            if (!NullBits.isNull(bits, i)) {
                present[presentCount++] = i;
                last = offsets[i + 1] - offsets[i];
                total += last;
            }
            lengths[i] = last;
        }
        encodeInts(lengths, count);
        if (offsets[count] - offsets[0] == total) {
            encode(vector.elements().slice(offsets[0], offsets[count]));
        } else {
            encode(vector.select(present, presentCount).elements());
        }
    }
}
