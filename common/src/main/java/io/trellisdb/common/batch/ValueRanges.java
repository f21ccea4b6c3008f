package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Which primitive values a type allows. Used wherever values enter: builders, decoders. */
public final class ValueRanges {
    /** Nanoseconds of a day. */
    public static final long NANOS_PER_DAY = 86_400_000_000_000L;

    /** The ends of the years that {@code LocalDateTime} knows; {@code Instant} knows one more at each end. */
    private static final long MIN_EPOCH_SECOND = LocalDateTime.MIN.toEpochSecond(ZoneOffset.UTC);

    private static final long MAX_EPOCH_SECOND = LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC);
    private static final long[] POWER_HIGHS = new long[DataType.MAX_DECIMAL_PRECISION + 1];
    private static final long[] POWER_LOWS = new long[DataType.MAX_DECIMAL_PRECISION + 1];

    static {
        for (int i = 0; i < POWER_HIGHS.length; i++) {
            BigInteger power = BigInteger.TEN.pow(i);
            POWER_HIGHS[i] = Boxing.high(power);
            POWER_LOWS[i] = Boxing.low(power);
        }
    }

    private ValueRanges() {}

    /** The smallest value of a type of INT or LONG layout. */
    public static long min(DataType type) {
        return switch (type.kind()) {
            case NULL, BOOLEAN, TIME -> 0;
            case TINYINT -> Byte.MIN_VALUE;
            case SMALLINT -> Short.MIN_VALUE;
            case INTEGER, DATE -> Integer.MIN_VALUE;
            case DECIMAL -> 1 - Boxing.powerOfTen(type.precision());
            case INTERVAL_MONTH -> 12L * Integer.MIN_VALUE;
            case TIMESTAMP, TIMESTAMP_LTZ ->
                isCoarse(type) ? MIN_EPOCH_SECOND * Boxing.powerOfTen(type.precision()) : Long.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }

    /** The largest value of a type of INT or LONG layout. */
    public static long max(DataType type) {
        return switch (type.kind()) {
            case NULL -> 0;
            case BOOLEAN -> 1;
            case TINYINT -> Byte.MAX_VALUE;
            case SMALLINT -> Short.MAX_VALUE;
            case INTEGER, DATE -> Integer.MAX_VALUE;
            case TIME -> NANOS_PER_DAY - 1;
            case DECIMAL -> Boxing.powerOfTen(type.precision()) - 1;
            case INTERVAL_MONTH -> 12L * Integer.MAX_VALUE;
            case TIMESTAMP, TIMESTAMP_LTZ ->
                isCoarse(type) ? (MAX_EPOCH_SECOND + 1) * Boxing.powerOfTen(type.precision()) - 1 : Long.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    /** Whether 64 bits of the timestamp's unit reach beyond the years that {@code LocalDateTime} knows. */
    private static boolean isCoarse(DataType type) {
        return type.precision() < 3;
    }

    /** Whether a value of INT or LONG layout belongs to the type. */
    public static boolean fits(DataType type, long value) {
        return value >= min(type) && value <= max(type);
    }

    /** Whether a value of INT128 layout belongs to the type. */
    public static boolean fits(DataType type, long high, long low) {
        return switch (type.kind()) {
            case DECIMAL -> isBelowPower(high, low, type.precision());
            default -> true;
        };
    }

    private static boolean isBelowPower(long high, long low, int exponent) {
        long absoluteLow = high < 0 ? -low : low;
        long absoluteHigh = high < 0 ? ~high + (low == 0 ? 1 : 0) : high;
        // |−2^127| comes out negative here and fits no precision
        if (absoluteHigh < 0 || absoluteHigh > POWER_HIGHS[exponent]) {
            return false;
        }
        return absoluteHigh < POWER_HIGHS[exponent] || Long.compareUnsigned(absoluteLow, POWER_LOWS[exponent]) < 0;
    }
}
