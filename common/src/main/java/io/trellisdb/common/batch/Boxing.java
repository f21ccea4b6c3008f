package io.trellisdb.common.batch;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
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
            case TIMESTAMP ->
                LocalDateTime.ofEpochSecond(
                        seconds(value, type.precision()), nanosOfSecond(value, type.precision()), ZoneOffset.UTC);
            case TIMESTAMP_LTZ ->
                Instant.ofEpochSecond(seconds(value, type.precision()), nanosOfSecond(value, type.precision()));
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
        return timestamp(duration.getSeconds(), duration.getNano(), 9);
    }

    public static BigInteger toBigInteger(long high, long low) {
        BigInteger unsignedLow = new BigInteger(Long.toUnsignedString(low));
        return BigInteger.valueOf(high).shiftLeft(64).add(unsignedLow);
    }

    /** The high 64 bits of a value that fits 128 bits. */
    public static long high(BigInteger value) {
        return value.shiftRight(64).longValue();
    }

    /** The low 64 bits of a value. */
    public static long low(BigInteger value) {
        return value.longValue();
    }

    /**
     * The unscaled form of a decimal in a DECIMAL type's scale, exactly. More digits than the type has, before or (other
     * than zeros) after the point, are {@link ErrorCode#NUMBER_OUT_OF_RANGE}: rounding is the caller's decision.
     */
    public static BigInteger unscaled(DataType type, BigDecimal value) {
        if (value.signum() == 0) {
            return BigInteger.ZERO;
        }
        // both checks come before setScale, which would build as many digits as a hostile exponent asks for
        BigDecimal stripped = value.scale() > type.scale() ? value.stripTrailingZeros() : value;
        boolean fits = stripped.scale() <= type.scale()
                && (long) stripped.precision() - stripped.scale() <= type.precision() - type.scale();
        if (!fits) {
            String digits = value.precision() > 2 * DataType.MAX_DECIMAL_PRECISION
                    ? value.precision() + " digits"
                    : value.toString();
            throw new TrellisException(ErrorCode.NUMBER_OUT_OF_RANGE, "value does not fit " + type + ": " + digits);
        }
        return stripped.setScale(type.scale()).unscaledValue();
    }

    /**
     * The primitive form of a boxed value of a LONG layout type; timestamps and times are rounded half up to the type's
     * precision. {@link TrellisException} when it does not fit or has another class than the package documentation says.
     */
    public static long unboxLong(DataType type, Object value) {
        try {
            long result =
                    switch (type.kind()) {
                        case BIGINT -> (Long) value;
                        case DECIMAL -> unscaled(type, (BigDecimal) value).longValue();
                        case TIME -> roundTime((LocalTime) value, type.precision());
                        case TIMESTAMP -> timestamp((LocalDateTime) value, type.precision());
                        case TIMESTAMP_LTZ ->
                            timestamp(
                                    ((Instant) value).getEpochSecond(), ((Instant) value).getNano(), type.precision());
                        case INTERVAL_MONTH -> months((Period) value);
                        case INTERVAL_NANO -> nanos((Duration) value);
                        default -> throw new IllegalArgumentException("type has another layout: " + type);
                    };
            if (!ValueRanges.fits(type, result)) {
                throw outOfRange(type, value);
            }
            return result;
        } catch (ArithmeticException e) {
            throw outOfRange(type, value);
        } catch (ClassCastException e) {
            throw otherClass(type, value);
        }
    }

    private static TrellisException outOfRange(DataType type, Object value) {
        ErrorCode code = type.kind().isNumeric() ? ErrorCode.NUMBER_OUT_OF_RANGE : ErrorCode.DATETIME_OVERFLOW;
        return new TrellisException(code, "value does not fit " + type + ": " + value);
    }

    static TrellisException otherClass(DataType type, Object value) {
        return new TrellisException(
                ErrorCode.TYPE_MISMATCH,
                "value has another class than its type " + type + ": "
                        + value.getClass().getName());
    }

    private static long roundTime(LocalTime time, int precision) {
        long unit = POWERS_OF_TEN[9 - precision];
        return (time.toNanoOfDay() + unit / 2) / unit * unit;
    }

    private static long timestamp(LocalDateTime value, int precision) {
        return timestamp(value.toEpochSecond(ZoneOffset.UTC), value.getNano(), precision);
    }

    private static long months(Period period) {
        if (period.getDays() != 0) {
            throw new TrellisException(ErrorCode.INVALID_CAST, "interval of months has days: " + period);
        }
        return period.toTotalMonths();
    }
}
