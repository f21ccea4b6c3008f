package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Arithmetic of timestamps in their own unit, 10^-precision seconds. */
final class Times {
    static final long NANOS_PER_SECOND = 1_000_000_000L;
    static final long SECONDS_PER_DAY = 86_400L;
    static final long NANOS_PER_DAY = SECONDS_PER_DAY * NANOS_PER_SECOND;

    private Times() {}

    static long nanosPerUnit(int precision) {
        return Boxing.powerOfTen(9 - precision);
    }

    static long unitsPerSecond(int precision) {
        return Boxing.powerOfTen(precision);
    }

    static long unitsPerDay(int precision) {
        return SECONDS_PER_DAY * unitsPerSecond(precision);
    }

    /** A timestamp in another precision's unit, rounded half up when that is coarser. */
    static long rescale(long timestamp, int from, int to) {
        if (to >= from) {
            try {
                return Math.multiplyExact(timestamp, Boxing.powerOfTen(to - from));
            } catch (ArithmeticException e) {
                throw overflow(DataType.timestamp(to), Boxing.box(DataType.timestamp(from), timestamp));
            }
        }
        long factor = Boxing.powerOfTen(from - to);
        long quotient = Math.floorDiv(timestamp, factor);
        return Math.floorMod(timestamp, factor) >= factor / 2 ? quotient + 1 : quotient;
    }

    /** Compares moments of different precisions exactly. */
    static int compare(long a, int aPrecision, long b, int bPrecision) {
        if (aPrecision == bPrecision) {
            return Long.compare(a, b);
        }
        if (aPrecision > bPrecision) {
            return -compare(b, bPrecision, a, aPrecision);
        }
        long factor = Boxing.powerOfTen(bPrecision - aPrecision);
        int order = Long.compare(a, Math.floorDiv(b, factor));
        return order != 0 ? order : Math.floorMod(b, factor) > 0 ? -1 : 0;
    }

    /** A timestamp of seconds and nanoseconds, rounded half up to the precision. */
    static long of(long seconds, int nanos, int precision) {
        try {
            return Boxing.timestamp(seconds, nanos, precision);
        } catch (ArithmeticException e) {
            throw overflow(DataType.timestamp(precision), seconds + " seconds since 1970");
        }
    }

    /** A timestamp of the start of a second's unit count: {@code day * unitsPerDay + rest}, checked. */
    static long ofDay(long day, long rest, int precision) {
        long units = unitsPerDay(precision);
        try {
            // (d + 1)·u + (r − u) keeps the product in range where d·u alone would leave it
            return day < 0
                    ? Math.addExact(Math.multiplyExact(day + 1, units), rest - units)
                    : Math.addExact(Math.multiplyExact(day, units), rest);
        } catch (ArithmeticException e) {
            throw overflow(DataType.timestamp(precision), day + " days since 1970");
        }
    }

    static TrellisException overflow(DataType type, Object value) {
        return new TrellisException(ErrorCode.DATETIME_OVERFLOW, "value is out of range of " + type + ": " + value);
    }

    static LocalDateTime local(long timestamp, int precision) {
        return LocalDateTime.ofEpochSecond(
                Boxing.seconds(timestamp, precision), Boxing.nanosOfSecond(timestamp, precision), ZoneOffset.UTC);
    }

    static long of(LocalDateTime local, int precision) {
        return of(local.toEpochSecond(ZoneOffset.UTC), local.getNano(), precision);
    }

    /** What a clock in the zone shows at an instant, as a timestamp of the same unit. */
    static long toLocal(long instant, int precision, ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return instant;
        }
        long seconds = Boxing.seconds(instant, precision);
        int offset = zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
        return shift(instant, offset, precision);
    }

    /** The instant at which a clock in the zone shows this; the earlier one of two, and moved forward in a gap. */
    static long toInstant(long local, int precision, ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return local;
        }
        LocalDateTime shown = local(local, precision);
        int offset = ZonedDateTime.ofLocal(shown, zone, null).getOffset().getTotalSeconds();
        // in a gap the rules move the clock forward by the gap's length: the offset before it does just that
        var transition = zone.getRules().getTransition(shown);
        if (transition != null && transition.isGap()) {
            offset = transition.getOffsetBefore().getTotalSeconds();
        }
        return shift(local, -offset, precision);
    }

    private static long shift(long timestamp, int seconds, int precision) {
        try {
            return Math.addExact(timestamp, seconds * unitsPerSecond(precision));
        } catch (ArithmeticException e) {
            throw overflow(DataType.timestamp(precision), Boxing.box(DataType.timestamp(precision), timestamp));
        }
    }

    /** A zone by name or offset. */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name).normalized();
        } catch (DateTimeException e) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "time zone does not exist: " + name, e);
        }
    }
}
