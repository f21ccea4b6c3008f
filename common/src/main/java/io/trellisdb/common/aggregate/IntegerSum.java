package io.trellisdb.common.aggregate;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import java.math.BigInteger;

/** An exact sum of 64-bit and 128-bit integers in 192 bits: no number of rows overflows it. Confined to one thread. */
public final class IntegerSum {
    private static final int LONG = 0;
    private static final int WIDE = 1;

    private long low;
    private long middle;
    private long high;

    public void add(long value) {
        long sign = value >> 63;
        addWords(sign, sign, value);
    }

    /** Adds a 128-bit number by its halves. */
    public void add(long valueHigh, long valueLow) {
        addWords(valueHigh >> 63, valueHigh, valueLow);
    }

    public void add(IntegerSum other) {
        addWords(other.high, other.middle, other.low);
    }

    public void negate() {
        low = ~low;
        middle = ~middle;
        high = ~high;
        add(1);
    }

    /** Adds {@code value} as often as {@code times} says. */
    public void addProduct(long value, long times) {
        add(Math.multiplyHigh(value, times), value * times);
    }

    private void addWords(long addedHigh, long addedMiddle, long addedLow) {
        long newLow = low + addedLow;
        long carry = Long.compareUnsigned(newLow, addedLow) < 0 ? 1 : 0;
        long sum = middle + addedMiddle;
        long newMiddle = sum + carry;
        boolean isCarried = Long.compareUnsigned(sum, addedMiddle) < 0 || Long.compareUnsigned(newMiddle, sum) < 0;
        low = newLow;
        middle = newMiddle;
        high += addedHigh + (isCarried ? 1 : 0);
    }

    /** Adds the values of a range. */
    public void addAll(long[] values, int from, int to) {
        long narrow = 0;
        for (int i = from; i < to; i++) {
            long value = values[i];
            long sum = narrow + value;
            if (((narrow ^ sum) & (value ^ sum)) < 0) {
                add(narrow);
                narrow = value;
            } else {
                narrow = sum;
            }
        }
        add(narrow);
    }

    public boolean isLong() {
        long sign = low >> 63;
        return middle == sign && high == sign;
    }

    /** The sum where {@link #isLong}. */
    public long toLong() {
        if (!isLong()) {
            throw new ArithmeticException("sum does not fit a long: " + toBigInteger());
        }
        return low;
    }

    public BigInteger toBigInteger() {
        if (isLong()) {
            return BigInteger.valueOf(low);
        }
        return BigInteger.valueOf(high)
                .shiftLeft(128)
                .or(unsigned(middle).shiftLeft(64))
                .or(unsigned(low));
    }

    private static BigInteger unsigned(long word) {
        return BigInteger.valueOf(word >>> 1).shiftLeft(1).or(BigInteger.valueOf(word & 1));
    }

    /** Multiplies by a power of ten. */
    public void scale(int exponent) {
        if (exponent == 0) {
            return;
        }
        BigInteger scaled = toBigInteger().multiply(BigInteger.TEN.pow(exponent));
        low = scaled.longValue();
        middle = scaled.shiftRight(64).longValue();
        high = scaled.shiftRight(128).longValue();
    }

    void encode(ByteWriter out) {
        if (isLong()) {
            out.writeByte(LONG);
            out.writeZigZagLong(low);
        } else {
            out.writeByte(WIDE);
            out.writeLong(high);
            out.writeLong(middle);
            out.writeLong(low);
        }
    }

    static IntegerSum decode(ByteReader in) {
        IntegerSum sum = new IntegerSum();
        int form = in.readUnsignedByte();
        if (form == LONG) {
            sum.add(in.readZigZagLong());
        } else if (form == WIDE) {
            sum.high = in.readLong();
            sum.middle = in.readLong();
            sum.low = in.readLong();
        } else {
            throw in.failure("sum has an unknown form: " + form);
        }
        return sum;
    }
}
