package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.UUID;

/** Between the primitive forms of values and the boxed ones that the package documentation lists. */
public final class Boxing {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long[] POWERS_OF_TEN = powersOfTen();

    private Boxing() {}

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** 10^exponent for 0–18. */
    public static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /** The boxed form of a value of a LONG layout type. */
    public static Object box(DataType type, long value) {
        return switch (type.kind()) {
            case DECIMAL -> BigDecimal.valueOf(value, type.scale());
            case TIME -> LocalTime.ofNanoOfDay(value);
            case TIMESTAMP -> LocalDateTime.ofEpochSecond(
                    seconds(value, type.precision()), nanosOfSecond(value, type.precision()), ZoneOffset.UTC);
            case TIMESTAMP_LTZ -> Instant.ofEpochSecond(
                    seconds(value, type.precision()), nanosOfSecond(value, type.precision()));
            case INTERVAL_MONTH -> Period.of(Math.toIntExact(value / 12), Math.toIntExact(value % 12), 0);
            case INTERVAL_NANO -> Duration.ofNanos(value);
            default -> value;
        };
    }

    /** The boxed form of a value of an INT128 layout type. */
    public static Object box(DataType type, long high, long low) {
        return switch (type.kind()) {
            case UUID -> new UUID(high, low);
            default -> new BigDecimal(toBigInteger(high, low), type.scale());
        };
    }

    /** Whole seconds of a timestamp of the given precision, rounded down. */
    public static long seconds(long timestamp, int precision) {
        return Math.floorDiv(timestamp, POWERS_OF_TEN[precision]);
    }

    /** Nanoseconds after {@link #seconds}. */
    public static int nanosOfSecond(long timestamp, int precision) {
        return (int) (Math.floorMod(timestamp, POWERS_OF_TEN[precision]) * POWERS_OF_TEN[9 - precision]);
    }

    /**
     * A timestamp of the given precision from seconds and nanoseconds, digits beyond the precision rounded half up;
     * {@link ArithmeticException} when it does not fit 64 bits.
     */
    public static long timestamp(long seconds, int nanos, int precision) {
        long unitNanos = POWERS_OF_TEN[9 - precision];
        long fraction = (nanos + unitNanos / 2) / unitNanos;
        if (seconds < 0) {
            // (s + 1)·u + (f − u) keeps the product in range where s·u alone would leave it
            long unit = POWERS_OF_TEN[precision];
            return Math.addExact(Math.multiplyExact(seconds + 1, unit), fraction - unit);
        }
        return Math.addExact(Math.multiplyExact(seconds, POWERS_OF_TEN[precision]), fraction);
    }

    /** Nanoseconds of a duration; {@link ArithmeticException} when they do not fit 64 bits. */
    public static long nanos(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), NANOS_PER_SECOND), duration.getNano());
    }

    public static BigInteger toBigInteger(long high, long low) {
        BigInteger unsignedLow = new BigInteger(Long.toUnsignedString(low));
        return BigInteger.valueOf(high).shiftLeft(64).add(unsignedLow);
    }
}
