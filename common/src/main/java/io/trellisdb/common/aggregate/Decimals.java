package io.trellisdb.common.aggregate;

/**
 * Doubles that are decimal numbers: {@code value == d / 10^exponent} bit by bit, for an integer {@code d}.
 *
 * <p>Whether a value is decimal depends on the value alone: it is tested at the largest exponent whose {@code d} stays below
 * 2^51, where multiplying and rounding cannot miss; a value that is decimal at one exponent is so at every larger one within
 * that bound. Division restores exactly, multiplication by 0.1 would not. (The idea of ALP, Afroozeh and Boncz 2023.)
 */
public final class Decimals {
    public static final int MAX_EXPONENT = 15;

    /** Added to a number below 2^51 it leaves the rounded integer in the low bits. */
    private static final double ROUNDER = 0x1.8p52;

    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

    private static final double[] POWERS = new double[MAX_EXPONENT + 1];
    private static final double[] BOUNDS = new double[MAX_EXPONENT + 1];

    static {
        double power = 1;
        for (int exponent = 0; exponent <= MAX_EXPONENT; exponent++) {
            POWERS[exponent] = power;
            double bound = 0x1p51;
            while (bound * power > 0x1p51) {
                bound /= 2;
            }
            BOUNDS[exponent] = bound;
            power *= 10;
        }
    }

    private Decimals() {}

    public static double power(int exponent) {
        return POWERS[exponent];
    }

    /** Values of this magnitude and above are not scaled by the exponent. */
    public static double bound(int exponent) {
        return BOUNDS[exponent];
    }

    /** The integer nearest to {@code value * power}, for a value below the exponent's bound; otherwise anything. */
    public static long scaled(double value, double power) {
        return Double.doubleToRawLongBits(value * power + ROUNDER) - ROUNDER_BITS;
    }

    /** Scales all values if every one is exact; else what {@code to} holds means nothing. */
    public static boolean scaleAll(double[] values, long[] to, int count, int exponent) {
        return exponent == 0
                ? roundAll(values, to, count)
                : scaleAll(values, to, count, POWERS[exponent], BOUNDS[exponent]);
    }

    /** Adding and subtracting {@link #ROUNDER} rounds without leaving the floating-point registers. */
    private static boolean scaleAll(double[] values, long[] to, int count, double power, double bound) {
        for (int i = 0; i < count; i++) {
            double value = values[i];
            double shifted = value * power + ROUNDER;
            double restored = (shifted - ROUNDER) / power;
            if (Double.doubleToRawLongBits(restored) != Double.doubleToRawLongBits(value)
                    || !(Math.abs(value) < bound)) {
                return false;
            }
            to[i] = Double.doubleToRawLongBits(shifted) - ROUNDER_BITS;
        }
        return true;
    }

    /** The same for integers, without the division. */
    private static boolean roundAll(double[] values, long[] to, int count) {
        double bound = BOUNDS[0];
        for (int i = 0; i < count; i++) {
            double value = values[i];
            double shifted = value + ROUNDER;
            if (Double.doubleToRawLongBits(shifted - ROUNDER) != Double.doubleToRawLongBits(value)
                    || !(Math.abs(value) < bound)) {
                return false;
            }
            to[i] = Double.doubleToRawLongBits(shifted) - ROUNDER_BITS;
        }
        return true;
    }

    /** Whether dividing the scaled value by the power gives the value back, bit by bit. */
    public static boolean isExact(double value, int exponent) {
        double power = POWERS[exponent];
        return Math.abs(value) < BOUNDS[exponent]
                && Double.doubleToRawLongBits(scaled(value, power) / power) == Double.doubleToRawLongBits(value);
    }

    /** As {@link #isExact} where the quotient is rounded to a float, as a REAL's is. */
    public static boolean isExactFloat(double value, int exponent) {
        double power = POWERS[exponent];
        return Math.abs(value) < BOUNDS[exponent]
                && Double.doubleToRawLongBits((float) (scaled(value, power) / power))
                        == Double.doubleToRawLongBits(value);
    }

    /** The smallest exponent at which a value is decimal, at least {@code least}; −1 when it is not decimal. */
    public static int exponentOf(double value, int least) {
        int largest = MAX_EXPONENT;
        while (largest >= 0 && !(Math.abs(value) < BOUNDS[largest])) {
            largest--;
        }
        if (largest < 0 || !isExact(value, largest)) {
            return -1;
        }
        for (int exponent = least; exponent < largest; exponent++) {
            if (isExact(value, exponent)) {
                return exponent;
            }
        }
        return largest;
    }

    /** The same for a REAL. */
    public static int floatExponentOf(double value, int least) {
        for (int exponent = least; exponent <= MAX_EXPONENT; exponent++) {
            if (isExactFloat(value, exponent)) {
                return exponent;
            }
        }
        return -1;
    }
}
