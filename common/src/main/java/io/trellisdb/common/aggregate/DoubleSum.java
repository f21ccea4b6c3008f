package io.trellisdb.common.aggregate;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of doubles that does not depend on their order or grouping as far as doubles allow: values that are decimal numbers
 * ({@link Decimals}) are summed exactly as decimals and divided once at the end; the others are summed with compensation
 * (Neumaier 1974). Infinities and NaNs are kept apart. Confined to one thread.
 */
public final class DoubleSum {
    private static final int HAS_BINARY = 1;
    private static final int HAS_SPECIAL = 2;
    private static final int HAS_HUGE = 4;
    /** From here on values are summed as integers, since a sum of doubles could overflow on its way. */
    private static final double HUGE = 0x1p960;
    /** Bytes of a sum of 2^63 greatest doubles, with room to spare. */
    private static final int HUGE_BYTES = 160;

    private static final long MAX_EXACT = 1L << 53;

    private IntegerSum decimals = new IntegerSum();
    private int exponent;
    private double binary;
    private double compensation;
    private boolean hasBinary;
    private BigInteger huge = BigInteger.ZERO;
    private double special;
    private boolean hasSpecial;

    /** Adds a DOUBLE. */
    public void add(double value) {
        if (Decimals.isExact(value, exponent)) {
            decimals.add(Decimals.scaled(value, Decimals.power(exponent)));
            return;
        }
        int own = Decimals.exponentOf(value, 0);
        if (own < 0) {
            addBinary(value);
            return;
        }
        IntegerSum one = new IntegerSum();
        one.add(Decimals.scaled(value, Decimals.power(own)));
        addDecimals(one, own);
    }

    /** Adds a value as the binary number it is, such as a REAL. */
    public void addBinary(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            hasSpecial = true;
            special += value;
            return;
        }
        if (Math.abs(value) >= HUGE) {
            huge = huge.add(new BigDecimal(value).toBigIntegerExact());
            return;
        }
        hasBinary |= value != 0;
        double sum = binary + value;
        compensation += Math.abs(binary) >= Math.abs(value) ? binary - sum + value : value - sum + binary;
        binary = sum;
    }

    /** Adds {@code sum / 10^sumExponent}. */
    public void addDecimals(IntegerSum sum, int sumExponent) {
        if (sumExponent > exponent) {
            decimals.scale(sumExponent - exponent);
            exponent = sumExponent;
        }
        if (sumExponent < exponent) {
            IntegerSum scaled = new IntegerSum();
            scaled.add(sum);
            scaled.scale(exponent - sumExponent);
            decimals.add(scaled);
        } else {
            decimals.add(sum);
        }
    }

    public void add(DoubleSum other) {
        addDecimals(other.decimals, other.exponent);
        if (other.hasBinary) {
            addBinary(other.binary);
            addBinary(other.compensation);
        }
        huge = huge.add(other.huge);
        if (other.hasSpecial) {
            hasSpecial = true;
            special += other.special;
        }
    }

    /** The double nearest to the sum. */
    public double toDouble() {
        if (hasSpecial) {
            return special;
        }
        return isSmall() ? (double) decimals.toLong() / Decimals.power(exponent) : exact().doubleValue();
    }

    /** Whether an infinity or a NaN was added. */
    public boolean hasSpecial() {
        return hasSpecial;
    }

    /** What {@link #toDouble} leaves out of the sum, about; 0 when that is not finite. */
    public double remainder() {
        double nearest = toDouble();
        if (Double.isInfinite(nearest) || Double.isNaN(nearest)) {
            return 0;
        }
        if (isSmall()) {
            double power = Decimals.power(exponent);
            return Math.fma(-nearest, power, (double) decimals.toLong()) / power;
        }
        return exact().subtract(new BigDecimal(nearest)).doubleValue();
    }

    /** Whether the sum is a quotient of two doubles. */
    private boolean isSmall() {
        return !hasBinary
                && huge.signum() == 0
                && decimals.isLong()
                && decimals.toLong() <= MAX_EXACT
                && decimals.toLong() >= -MAX_EXACT;
    }

    private BigDecimal exact() {
        BigDecimal sum = new BigDecimal(decimals.toBigInteger(), exponent);
        sum = hasBinary ? sum.add(new BigDecimal(binary)).add(new BigDecimal(compensation)) : sum;
        return huge.signum() == 0 ? sum : sum.add(new BigDecimal(huge));
    }

    void encode(ByteWriter out) {
        boolean hasHuge = huge.signum() != 0;
        out.writeByte((hasBinary ? HAS_BINARY : 0) | (hasSpecial ? HAS_SPECIAL : 0) | (hasHuge ? HAS_HUGE : 0));
        out.writeByte(exponent);
        decimals.encode(out);
        if (hasBinary) {
            out.writeDouble(binary);
            out.writeDouble(compensation);
        }
        if (hasSpecial) {
            out.writeDouble(special);
        }
        if (hasHuge) {
            out.writeByteArray(huge.toByteArray());
        }
    }

    static DoubleSum decode(ByteReader in) {
        DoubleSum sum = new DoubleSum();
        int flags = in.readUnsignedByte();
        sum.exponent = in.readUnsignedByte();
        if (flags > (HAS_BINARY | HAS_SPECIAL | HAS_HUGE) || sum.exponent > Decimals.MAX_EXPONENT) {
            throw in.failure("sum of doubles is not valid: " + flags + ", " + sum.exponent);
        }
        sum.decimals = IntegerSum.decode(in);
        sum.hasBinary = (flags & HAS_BINARY) != 0;
        if (sum.hasBinary) {
            sum.binary = in.readDouble();
            sum.compensation = in.readDouble();
        }
        sum.hasSpecial = (flags & HAS_SPECIAL) != 0;
        if (sum.hasSpecial) {
            sum.special = in.readDouble();
        }
        if ((flags & HAS_HUGE) != 0) {
            sum.huge = readHuge(in);
        }
        if (!Double.isFinite(sum.binary) || !Double.isFinite(sum.compensation)) {
            throw in.failure("sum of doubles is not finite: " + sum.binary + ", " + sum.compensation);
        }
        return sum;
    }

    private static BigInteger readHuge(ByteReader in) {
        byte[] bytes = in.readByteArray();
        if (bytes.length == 0 || bytes.length > HUGE_BYTES) {
            throw in.failure("sum of huge doubles has a wrong length: " + bytes.length);
        }
        return new BigInteger(bytes);
    }
}
