package io.trellisdb.storage.block;

import io.trellisdb.common.aggregate.Decimals;
import io.trellisdb.common.aggregate.DoubleSum;
import io.trellisdb.common.aggregate.IntegerSum;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.type.DataType;
import org.jspecify.annotations.Nullable;

/** Restores doubles as {@link DoubleColumnWriter} wrote them. Made for one use; confined to one thread. */
final class DoubleColumnReader {
    private final byte[] bytes;
    private final int form;
    private final int exponent;
    private final int exceptions;
    private final LongStream stream;
    private final int positionsAt;
    private final int valuesAt;
    private final int count;

    DoubleColumnReader(byte[] bytes, ByteReader header, BodyCursor body, int count) {
        this.bytes = bytes;
        this.count = count;
        this.form = header.readUnsignedByte();
        boolean isDecimal = form <= DoubleColumnWriter.FLOAT_DECIMAL;
        this.exponent = isDecimal ? header.readUnsignedByte() : 0;
        this.exceptions = isDecimal ? header.readVarInt() : 0;
        if (form > DoubleColumnWriter.RAW_FLOAT
                || exponent > Decimals.MAX_EXPONENT
                || exceptions < 0
                || exceptions > count) {
            throw header.failure("doubles are not valid: " + form + ", " + exponent + ", " + exceptions);
        }
        this.stream = LongStream.read(header, body, count);
        this.positionsAt = body.take(4L * exceptions);
        this.valuesAt = body.take(8L * exceptions);
    }

    DoubleVector decode(DataType type, long @Nullable [] nulls, int from, int to) {
        int rows = to - from;
        long[] longs = new long[rows];
        stream.decode(bytes, from, to, longs, 0);
        double[] values = new double[rows];
        switch (form) {
            case DoubleColumnWriter.DECIMAL -> divide(longs, values, rows);
            case DoubleColumnWriter.FLOAT_DECIMAL -> {
                divide(longs, values, rows);
                for (int i = 0; i < rows; i++) {
                    values[i] = (float) values[i];
                }
            }
            case DoubleColumnWriter.RAW -> {
                for (int i = 0; i < rows; i++) {
                    values[i] = Double.longBitsToDouble(longs[i]);
                }
            }
            default -> {
                for (int i = 0; i < rows; i++) {
                    values[i] = Float.intBitsToFloat((int) longs[i]);
                }
            }
        }
        restoreExceptions(values, from, to);
        long[] part = NullBits.slice(nulls, from, to);
        for (int i = 0; part != null && i < rows; i++) {
            values[i] = NullBits.isNull(part, i) ? 0 : values[i];
        }
        return new DoubleVector(type, values, part, rows);
    }

    /** Two loops, because the second one is vectorised on its own. */
    private void divide(long[] longs, double[] values, int rows) {
        for (int i = 0; i < rows; i++) {
            values[i] = longs[i];
        }
        if (exponent > 0) {
            double power = Decimals.power(exponent);
            for (int i = 0; i < rows; i++) {
                values[i] /= power;
            }
        }
    }

    private void restoreExceptions(double[] values, int from, int to) {
        for (int i = 0; i < exceptions; i++) {
            int at = positionsAt + 4 * i;
            int position = bytes[at] & 0xFF
                    | (bytes[at + 1] & 0xFF) << 8
                    | (bytes[at + 2] & 0xFF) << 16
                    | (bytes[at + 3] & 0xFF) << 24;
            if (position < 0 || position >= count) {
                throw BodyCursor.damage("exception lies beyond the rows: " + position);
            }
            if (position >= from && position < to) {
                values[position - from] = Double.longBitsToDouble((long) BitPacking.LONGS.get(bytes, valuesAt + 8 * i));
            }
        }
    }

    /** Adds the sum of a range of decimals without exceptions; false for others. */
    boolean trySum(int from, int to, DoubleSum sum) {
        if (form != DoubleColumnWriter.DECIMAL || exceptions > 0) {
            return false;
        }
        IntegerSum scaled = new IntegerSum();
        stream.sum(bytes, from, to, scaled);
        sum.addDecimals(scaled, exponent);
        return true;
    }
}
