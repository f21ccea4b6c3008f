package io.trellisdb.common.aggregate;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import java.math.BigDecimal;

/**
 * A sum of doubles that does not depend on their order or grouping as far as doubles allow: values that are decimal numbers
 * ({@link Decimals}) are summed exactly as decimals and divided once at the end; the others are summed with compensation
 * (Neumaier 1974). Infinities and NaNs are kept apart. Confined to one thread.
 */
public final class DoubleSum {
    private static final int HAS_BINARY = 1;
    private static final int HAS_SPECIAL = 2;
    private static final long MAX_EXACT = 1L << 53;

    private IntegerSum decimals = new IntegerSum();
    private int exponent;
    private double binary;
    private double compensation;
    private boolean hasBinary;
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
        if (!hasBinary) {
            return isSmall() ? (double) decimals.toLong() / Decimals.power(exponent) : exact().doubleValue();
        }
        double total = binary + compensation;
        if (Double.isInfinite(total) || Double.isNaN(total)) {
            return binary;
        }
        return exact().add(new BigDecimal(binary))
                .add(new BigDecimal(compensation))
                .doubleValue();
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
        if (!hasBinary && isSmall()) {
            double power = Decimals.power(exponent);
            return Math.fma(-nearest, power, (double) decimals.toLong()) / power;
        }
        BigDecimal sum = hasBinary ? exact().add(new BigDecimal(binary)).add(new BigDecimal(compensation)) : exact();
        return sum.subtract(new BigDecimal(nearest)).doubleValue();
    }

    private boolean isSmall() {
        return decimals.isLong() && decimals.toLong() <= MAX_EXACT && decimals.toLong() >= -MAX_EXACT;
    }

    private BigDecimal exact() {
        return new BigDecimal(decimals.toBigInteger(), exponent);
    }

    void encode(ByteWriter out) {
        out.writeByte((hasBinary ? HAS_BINARY : 0) | (hasSpecial ? HAS_SPECIAL : 0));
        out.writeByte(exponent);
        decimals.encode(out);
        if (hasBinary) {
            out.writeDouble(binary);
            out.writeDouble(compensation);
        }
        if (hasSpecial) {
            out.writeDouble(special);
        }
    }

    static DoubleSum decode(ByteReader in) {
        DoubleSum sum = new DoubleSum();
        int flags = in.readUnsignedByte();
        sum.exponent = in.readUnsignedByte();
        if (flags > (HAS_BINARY | HAS_SPECIAL) || sum.exponent > Decimals.MAX_EXPONENT) {
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
        return sum;
    }
}
