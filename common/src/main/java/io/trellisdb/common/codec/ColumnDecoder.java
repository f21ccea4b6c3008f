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
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the columns of one batch in the form that {@link BatchCodec} draws, and checks all of it. */
final class ColumnDecoder {
    private final ByteReader in;
    private final BatchCodec.Origin origin;
    private final Expansion expansion;
    /** Shared by all columns without a value, so that hostile input cannot make memory out of single bytes. */
    private @Nullable AllNulls allNulls;

    ColumnDecoder(ByteReader in, BatchCodec.Origin origin) {
        this(in, origin, new Expansion());
    }

    /** For columns that share their expansion with what others decode. */
    ColumnDecoder(ByteReader in, BatchCodec.Origin origin, Expansion expansion) {
        this.in = in;
        this.origin = origin;
        this.expansion = expansion;
    }

    ColumnVector decode(DataType type, int count) {
        int flags = in.readUnsignedByte();
        if (flags == Blocks.ALL_NULLS && count > 0) {
            return decodeAllNulls(type, count);
        }
        if (flags != Blocks.NO_NULLS && flags != Blocks.SOME_NULLS) {
            throw in.failure("column has unknown flags: " + flags);
        }
        long[] bits = flags == Blocks.SOME_NULLS ? readBits(count) : null;
        if (type.kind() == TypeKind.NULL && NullBits.count(bits, count) != count) {
            throw in.failure("column of type NULL has values");
        }
        ColumnVector vector = decodeValues(type, bits, count);
        if (origin == BatchCodec.Origin.CLIENT && vector instanceof BytesVector bytes) {
            ClientStrings.check(in, bytes);
        }
        return vector;
    }

    private ColumnVector decodeAllNulls(DataType type, int count) {
        if (count > Batch.MAX_ROWS) {
            expansion.charge(in, 16L * count);
        }
        if (allNulls == null || allNulls.count != count) {
            allNulls = new AllNulls(count);
        }
        return allNulls.vector(type);
    }

    private long @Nullable [] readBits(int count) {
        int length = count + 7 >> 3;
        int start = in.skip(length);
        byte[] bytes = in.array();
        long[] bits = NullBits.create(count);
        for (int i = 0; i < length; i++) {
            bits[i >> 3] |= (bytes[start + i] & 0xFFL) << ((i & 7) << 3);
        }
        if ((count & 63) != 0 && bits[bits.length - 1] >>> count != 0) {
            throw in.failure("null bitmap has bits beyond the last row: " + count);
        }
        return NullBits.count(bits, count) == 0 ? null : bits;
    }

    private ColumnVector decodeValues(DataType type, long @Nullable [] bits, int count) {
        return switch (type.layout()) {
            case INT -> new IntVector(type, decodeInts(type, bits, count), bits, count);
            case LONG -> new LongVector(type, decodeLongs(type, bits, count), bits, count);
            case DOUBLE -> new DoubleVector(type, decodeDoubles(type, bits, count), bits, count);
            case INT128 -> decodeWide(type, bits, count);
            case BYTES -> decodeBytes(type, bits, count);
            case ARRAY -> decodeArrays(type, bits, count);
        };
    }

    private int[] decodeInts(DataType type, long @Nullable [] bits, int count) {
        if (count == 0) {
            return new int[0];
        }
        int[] values = IntBlock.decode(in, count, expansion);
        if (bits != null) {
            for (int i = 0; i < count; i++) {
                values[i] = NullBits.isNull(bits, i) ? 0 : values[i];
            }
        }
        int min = 0;
        int max = 0;
        for (int value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        checkRange(type, min, max);
        return values;
    }

    private long[] decodeLongs(DataType type, long @Nullable [] bits, int count) {
        if (count == 0) {
            return new long[0];
        }
        long[] values = LongBlock.decode(in, count, expansion);
        zeroNulls(values, bits);
        if (ValueRanges.min(type) != Long.MIN_VALUE) {
            long min = 0;
            long max = 0;
            for (long value : values) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            checkRange(type, min, max);
        }
        return values;
    }

    private static void zeroNulls(long[] values, long @Nullable [] bits) {
        if (bits != null) {
            for (int i = 0; i < values.length; i++) {
                values[i] = NullBits.isNull(bits, i) ? 0 : values[i];
            }
        }
    }

    private void checkRange(DataType type, long min, long max) {
        if (!ValueRanges.fits(type, min) || !ValueRanges.fits(type, max)) {
            throw in.failure("value is out of the range of " + type + ": " + min + " to " + max);
        }
    }

    private double[] decodeDoubles(DataType type, long @Nullable [] bits, int count) {
        if (count == 0) {
            return new double[0];
        }
        double[] values = readDoubles(count);
        for (int i = 0; i < count; i++) {
            if (NullBits.isNull(bits, i)) {
                values[i] = 0;
            } else if (type.kind() == TypeKind.REAL && values[i] != (float) values[i] && !Double.isNaN(values[i])) {
                throw in.failure("value is out of the range of REAL: " + values[i]);
            }
        }
        return values;
    }

    private double[] readDoubles(int count) {
        int form = in.readUnsignedByte();
        switch (form) {
            case Blocks.RAW -> {
                int start = in.skip((long) count * Double.BYTES);
                double[] values = new double[count];
                Blocks.at(in.array(), start, count * Double.BYTES)
                        .asDoubleBuffer()
                        .get(values);
                return values;
            }
            case Blocks.CONSTANT -> {
                expansion.charge(in, (long) count * Double.BYTES);
                int start = in.skip(Double.BYTES);
                double[] values = new double[count];
                Arrays.fill(values, Double.longBitsToDouble((long) Blocks.LONGS.get(in.array(), start)));
                return values;
            }
            case Blocks.FLOATS -> {
                expansion.charge(in, (long) count * Double.BYTES);
                int start = in.skip((long) count * Float.BYTES);
                double[] values = new double[count];
                byte[] bytes = in.array();
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat((int) Blocks.INTS.get(bytes, start + 4 * i));
                }
                return values;
            }
            default -> throw in.failure("column has an unknown form: " + form);
        }
    }

    private Int128Vector decodeWide(DataType type, long @Nullable [] bits, int count) {
        if (count == 0) {
            return new Int128Vector(type, new long[0], new long[0], bits, 0);
        }
        long[] highs = LongBlock.decode(in, count, expansion);
        long[] lows = LongBlock.decode(in, count, expansion);
        zeroNulls(highs, bits);
        zeroNulls(lows, bits);
        if (type.kind() == TypeKind.DECIMAL) {
            for (int i = 0; i < count; i++) {
                if (!ValueRanges.fits(type, highs[i], lows[i])) {
                    throw in.failure("value is out of the range of " + type + ": row " + i);
                }
            }
        }
        return new Int128Vector(type, highs, lows, bits, count);
    }

    /** Lengths of the rows to offsets; the last offset is checked to fit an array. */
    private int[] decodeOffsets(long @Nullable [] bits, int count) {
        if (count == 0) {
            return new int[1];
        }
        int[] lengths = IntBlock.decode(in, count, expansion);
        int[] offsets = new int[count + 1];
        long offset = 0;
        for (int i = 0; i < count; i++) {
            int length = lengths[i];
            if (length < 0) {
                throw in.failure("length is negative: " + length);
            }
            offset += NullBits.isNull(bits, i) ? 0 : length;
            if (offset > Integer.MAX_VALUE - 8) {
                throw in.failure("lengths are too large: " + offset);
            }
            offsets[i + 1] = (int) offset;
        }
        return offsets;
    }

    private BytesVector decodeBytes(DataType type, long @Nullable [] bits, int count) {
        int[] offsets = decodeOffsets(bits, count);
        if (count == 0) {
            return new BytesVector(type, new byte[0], offsets, bits, 0);
        }
        int total = offsets[count];
        if (!in.readBoolean()) {
            return new BytesVector(type, in.readBytes(total), offsets, bits, count);
        }
        int present = count - NullBits.count(bits, count);
        int length = present == 0 ? 0 : total / present;
        expansion.charge(in, total);
        int start = in.skip(length);
        byte[] bytes = new byte[total];
        for (int i = 0; i < count; i++) {
            if (!NullBits.isNull(bits, i)) {
                if (offsets[i + 1] - offsets[i] != length) {
                    throw in.failure("equal values have different lengths: row " + i);
                }
                System.arraycopy(in.array(), start, bytes, offsets[i], length);
            }
        }
        return new BytesVector(type, bytes, offsets, bits, count);
    }

    private ArrayVector decodeArrays(DataType type, long @Nullable [] bits, int count) {
        int[] offsets = decodeOffsets(bits, count);
        if (count == 0) {
            return new ArrayVector(type, new AllNulls(0).vector(type.elementType()), offsets, bits, 0);
        }
        if (offsets[count] > Blocks.MAX_ROWS) {
            throw in.failure("arrays have too many elements: " + offsets[count]);
        }
        ColumnVector elements = decode(type.elementType(), offsets[count]);
        return new ArrayVector(type, elements, offsets, bits, count);
    }

    /** The arrays of columns whose rows are all NULL. */
    private static final class AllNulls {
        private final int count;
        private final long[] bits;
        private final long[] longs;
        private final int[] ints;
        private final double[] doubles;

        AllNulls(int count) {
            this.count = count;
            this.bits = NullBits.create(count);
            Arrays.fill(bits, -1L);
            if ((count & 63) != 0) {
                bits[bits.length - 1] = (1L << count) - 1;
            }
            this.longs = new long[count];
            this.ints = new int[count + 1];
            this.doubles = new double[count];
        }

        ColumnVector vector(DataType type) {
            long[] nulls = count == 0 ? null : bits;
            return switch (type.layout()) {
                case INT -> new IntVector(type, ints, nulls, count);
                case LONG -> new LongVector(type, longs, nulls, count);
                case DOUBLE -> new DoubleVector(type, doubles, nulls, count);
                case INT128 -> new Int128Vector(type, longs, longs, nulls, count);
                case BYTES -> new BytesVector(type, new byte[0], ints, nulls, count);
                case ARRAY -> new ArrayVector(type, new AllNulls(0).vector(type.elementType()), ints, nulls, count);
            };
        }
    }
}
