package io.trellisdb.storage.block;

import io.trellisdb.common.aggregate.Decimals;
import io.trellisdb.common.aggregate.DoubleAggregate;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.codec.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes doubles as decimals where most of them are, else as raw bits. Confined to one thread.
 *
 * <pre>
 * doubles := 0 DECIMAL · exponent u8 · exceptions varint · stream (scaled)     body: stream, positions (4 bytes), raw bits (8)
 *          | 1 FLOAT_DECIMAL: the same, each quotient rounded to a float
 *          | 2 RAW · stream (raw bits)
 *          | 3 RAW_FLOAT · stream (raw bits of floats)
 * </pre>
 */
final class DoubleColumnWriter {
    static final int DECIMAL = 0;
    static final int FLOAT_DECIMAL = 1;
    static final int RAW = 2;
    static final int RAW_FLOAT = 3;

    private static final int SAMPLE = 24;
    /** More exceptions than one of so many values make raw bits smaller. */
    private static final int MAX_EXCEPTION_SHARE = 8;

    private final LongStreamWriter streams;
    private long[] scaled = new long[BlockFormat.MAX_ROWS];
    private int[] exceptions = new int[BlockFormat.MAX_ROWS / MAX_EXCEPTION_SHARE + 1];
    private int exceptionCount;

    DoubleColumnWriter(LongStreamWriter streams) {
        this.streams = streams;
    }

    /** Writes the values; {@code nulls} and {@code aggregate} are absent for an array's elements and columns without NULLs. */
    void write(
            ByteWriter header,
            ByteWriter body,
            DoubleVector vector,
            boolean isReal,
            long @Nullable [] nulls,
            @Nullable DoubleAggregate aggregate) {
        int count = vector.size();
        double[] values = vector.values();
        if (scaled.length < count) {
            scaled = new long[count];
            exceptions = new int[count / MAX_EXCEPTION_SHARE + 1];
        }
        int exponent = findExponent(values, nulls, count, isReal);
        if (exponent >= 0) {
            exponent = scaleBest(values, nulls, count, isReal, exponent);
        }
        if (exponent >= 0) {
            writeDecimals(header, body, values, count, isReal, exponent);
        } else {
            writeRaw(header, body, values, nulls, count, isReal);
        }
        if (aggregate != null) {
            boolean isPlain = exponent >= 0 && exceptionCount == 0 && nulls == null && !isReal && count > 0;
            if (isPlain) {
                aggregate.addKnown(streams.min(), streams.max(), scaled, count, exponent);
            } else {
                aggregate.add(vector, 0, count);
            }
        }
    }

    /** The exponent that a sample needs; −1 when too much of it is not decimal. */
    private static int findExponent(double[] values, long @Nullable [] nulls, int count, boolean isReal) {
        int needed = 0;
        int taken = 0;
        int failed = 0;
        int stride = Math.max(1, count / SAMPLE);
        for (int i = stride >> 1; i < count; i += stride) {
            if (NullBits.isNull(nulls, i)) {
                continue;
            }
            taken++;
            int exponent = exponentOf(values[i], needed, isReal);
            failed += exponent < 0 ? 1 : 0;
            needed = Math.max(needed, exponent);
        }
        return failed * 4 > taken ? -1 : needed;
    }

    private static int exponentOf(double value, int least, boolean isReal) {
        return isReal ? Decimals.floatExponentOf(value, least) : Decimals.exponentOf(value, least);
    }

    /** Scales all values, with a larger exponent when exceptions ask for it; the exponent, or −1 for raw bits. */
    private int scaleBest(double[] values, long @Nullable [] nulls, int count, boolean isReal, int first) {
        int exponent = first;
        for (int attempt = 0; attempt < 3; attempt++) {
            scale(values, nulls, count, isReal, exponent);
            int larger = exponent;
            for (int i = 0; i < Math.min(Math.min(exceptionCount, exceptions.length), SAMPLE); i++) {
                larger = Math.max(larger, exponentOf(values[exceptions[i]], exponent, isReal));
            }
            if (larger == exponent || exceptionCount * 64L <= count) {
                break;
            }
            exponent = larger;
        }
        return (long) exceptionCount * MAX_EXCEPTION_SHARE > count ? -1 : exponent;
    }

    /** Exceptions and NULLs repeat the number before them, which keeps ranges and steps narrow. */
    private void scale(double[] values, long @Nullable [] nulls, int count, boolean isReal, int exponent) {
        exceptionCount = 0;
        if (nulls == null && !isReal && Decimals.scaleAll(values, scaled, count, exponent)) {
            return;
        }
        double power = Decimals.power(exponent);
        double bound = Decimals.bound(exponent);
        long before = 0;
        int firstValue = -1;
        for (int i = 0; i < count; i++) {
            double value = values[i];
            long number = Decimals.scaled(value, power);
            double quotient = number / power;
            double restored = isReal ? (float) quotient : quotient;
            boolean isExact = Math.abs(value) < bound
                    && Double.doubleToRawLongBits(restored) == Double.doubleToRawLongBits(value);
            if (!isExact || nulls != null && NullBits.isNull(nulls, i)) {
                number = before;
                if (!NullBits.isNull(nulls, i) && !addException(i)) {
                    return;
                }
            } else if (firstValue < 0) {
                firstValue = i;
            }
            scaled[i] = number;
            before = number;
        }
        for (int i = 0; i < firstValue; i++) {
            scaled[i] = scaled[firstValue];
        }
    }

    /** False when there are too many to go on; {@link #exceptionCount} then says so. */
    private boolean addException(int row) {
        if (exceptionCount == exceptions.length) {
            exceptionCount = Integer.MAX_VALUE / MAX_EXCEPTION_SHARE;
            return false;
        }
        exceptions[exceptionCount++] = row;
        return true;
    }

    private void writeDecimals(
            ByteWriter header, ByteWriter body, double[] values, int count, boolean isReal, int exponent) {
        header.writeByte(isReal ? FLOAT_DECIMAL : DECIMAL);
        header.writeByte(exponent);
        header.writeVarInt(exceptionCount);
        streams.write(header, body, scaled, count);
        for (int i = 0; i < exceptionCount; i++) {
            body.writeInt(Integer.reverseBytes(exceptions[i]));
        }
        LongStreamWriter.pad(body);
        for (int i = 0; i < exceptionCount; i++) {
            body.writeLong(Long.reverseBytes(Double.doubleToRawLongBits(values[exceptions[i]])));
        }
    }

    private void writeRaw(
            ByteWriter header, ByteWriter body, double[] values, long @Nullable [] nulls, int count, boolean isReal) {
        boolean isFloat = isReal && areFloats(values, count);
        long before = 0;
        for (int i = 0; i < count; i++) {
            if (!NullBits.isNull(nulls, i)) {
                before = isFloat ? Float.floatToRawIntBits((float) values[i]) : Double.doubleToRawLongBits(values[i]);
            }
            scaled[i] = before;
        }
        header.writeByte(isFloat ? RAW_FLOAT : RAW);
        streams.write(header, body, scaled, count);
    }

    private static boolean areFloats(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (Double.doubleToRawLongBits(Float.intBitsToFloat(Float.floatToRawIntBits((float) values[i])))
                    != Double.doubleToRawLongBits(values[i])) {
                return false;
            }
        }
        return true;
    }
}
