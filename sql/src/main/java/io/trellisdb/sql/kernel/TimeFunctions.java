package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Truncation, buckets, differences, zones. */
final class TimeFunctions {
    private TimeFunctions() {}

    static void register(Functions.Registry registry) {
        for (TimeUnits unit : TimeUnits.ALL) {
            registry.add("FLOOR_" + unit, "TEMPORAL", Result.FIRST, request -> truncate(request, 0, unit, false));
            registry.add("CEIL_" + unit, "TEMPORAL", Result.FIRST, request -> truncate(request, 0, unit, true));
            registry.add("TIMESTAMPADD_" + unit, "INTEGER TEMPORAL", Result.SECOND, request -> add(request, unit));
            registry.add("TIMESTAMPDIFF_" + unit, "MOMENT MOMENT", Result.BIGINT, request -> difference(request, unit));
        }
        registry.add("DATE_TRUNC", "STRING TEMPORAL STRING?", Result.SECOND, TimeFunctions::dateTrunc);
        registry.add("TIME_BUCKET", "INTERVAL MOMENT MOMENT? STRING?", Result.SECOND, TimeBuckets::timeBucket);
        registry.add("DATE_BIN", "INTERVAL MOMENT MOMENT", Result.SECOND, TimeBuckets::dateBin);
        registry.add("AT TIME ZONE", "MOMENT STRING", Result.DERIVED, TimeFunctions::atTimeZone);
        registry.add("TO_TIMESTAMP", "NUMERIC", Result.TIMESTAMP_LTZ, TimeFunctions::toTimestamp);
        registry.add("MAKE_DATE", "INTEGER INTEGER INTEGER", Result.DATE, TimeFunctions::makeDate);
        registry.add("LAST_DAY", "MOMENT", Result.DATE, request -> ofDay(request, TimeUnits::lastDayOfMonth));
        registry.add(
                "DAYNAME",
                "MOMENT",
                Result.VARCHAR,
                request -> name(request, day -> TimeUnits.weekday(day).getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        registry.add(
                "MONTHNAME",
                "MOMENT",
                Result.VARCHAR,
                request -> name(
                        request,
                        day -> LocalDate.ofEpochDay(day).getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        registry.add("TO_CHAR", "TEMPORAL STRING", Result.VARCHAR, TimeFormat::toChar);
    }

    /** The day of a moment, in the session's zone for instants. */
    static Kernels.@Nullable LongRow day(KernelRequest request, int argument) {
        DataType type = request.type(argument);
        int precision = type.precision();
        return switch (type.kind()) {
            case DATE -> (a, row) -> a[argument].integer(row);
            case TIMESTAMP -> (a, row) -> TimeCasts.day(a[argument].integer(row), precision);
            case TIMESTAMP_LTZ ->
                (a, row) -> TimeCasts.day(
                        Times.toLocal(
                                a[argument].integer(row),
                                precision,
                                request.context().zone()),
                        precision);
            default -> null;
        };
    }

    private static @Nullable Kernel ofDay(KernelRequest request, LongUnaryOperator function) {
        Kernels.LongRow day = day(request, 0);
        return day == null || request.result().kind() != TypeKind.DATE
                ? null
                : Kernels.longs(request.result(), (a, row) -> function.applyAsLong(day.at(a, row)));
    }

    private static @Nullable Kernel name(KernelRequest request, LongFunction<String> function) {
        Kernels.LongRow day = day(request, 0);
        return day == null ? null : Kernels.strings(request.result(), (a, row) -> function.apply(day.at(a, row)));
    }

    private static @Nullable Kernel truncate(KernelRequest request, int argument, TimeUnits unit, boolean up) {
        DataType type = request.type(argument);
        DataType result = request.result();
        if (type.kind() == TypeKind.TIME && unit.nanos() > 0) {
            return Kernels.longs(
                    result, (a, row) -> TimeCasts.roundTime(truncatedTime(a[argument].integer(row), unit, up), result));
        }
        if (!TimeCasts.isMoment(type) || !TimeCasts.isMoment(result)) {
            return null;
        }
        ZoneId zone = request.context().zone();
        return Kernels.longs(result, (a, row) -> truncated(a[argument].integer(row), type, result, unit, up, zone));
    }

    private static long truncatedTime(long nanos, TimeUnits unit, boolean up) {
        long floor = nanos - nanos % unit.nanos();
        return up && floor < nanos ? floor + unit.nanos() : floor;
    }

    static long truncated(long value, DataType type, DataType result, TimeUnits unit, boolean up, ZoneId zone) {
        if (type.kind() == TypeKind.DATE) {
            long day = truncatedDay(value, unit, up);
            if (result.kind() == TypeKind.DATE) {
                return day;
            }
            long start = Times.ofDay(day, 0, result.precision());
            return result.kind() == TypeKind.TIMESTAMP_LTZ ? Times.toInstant(start, result.precision(), zone) : start;
        }
        int precision = type.precision();
        boolean instant = type.kind() == TypeKind.TIMESTAMP_LTZ;
        // a zone's offset has whole seconds: shorter units need no zone, and hours must not leave the time line
        boolean local = instant && (unit.months() > 0 || unit.nanos() > Times.NANOS_PER_SECOND);
        long clock = local ? Times.toLocal(value, precision, zone) : value;
        long start = truncatedUnits(clock, precision, unit, up);
        boolean shorterThanDay = unit.months() == 0 && unit.nanos() < Times.NANOS_PER_DAY;
        long back = !local ? start : shorterThanDay ? value + (start - clock) : Times.toInstant(start, precision, zone);
        return result.kind() == TypeKind.DATE
                ? TimeCasts.day(back, precision)
                : Times.rescale(back, precision, result.precision());
    }

    private static long truncatedDay(long day, TimeUnits unit, boolean up) {
        long first = unit.firstDay(day);
        return up && first < day ? unit.nextFirstDay(first) : first;
    }

    private static long truncatedUnits(long value, int precision, TimeUnits unit, boolean up) {
        long dayUnits = Times.unitsPerDay(precision);
        if (unit.months() == 0 && unit.nanos() < Times.NANOS_PER_DAY) {
            long units = unit.nanos() / Times.nanosPerUnit(precision);
            if (units <= 1) {
                return value;
            }
            long rest = Math.floorMod(value, units);
            long floor = value - rest;
            if (floor > value || up && rest > 0 && floor + units < value) {
                throw Times.overflow(DataType.timestamp(precision), Boxing.box(DataType.timestamp(precision), value));
            }
            return up && rest > 0 ? floor + units : floor;
        }
        long day = Math.floorDiv(value, dayUnits);
        long first = unit.firstDay(day);
        boolean exact = first == day && Math.floorMod(value, dayUnits) == 0;
        return Times.ofDay(up && !exact ? unit.nextFirstDay(first) : first, 0, precision);
    }

    /** DATE_TRUNC(unit, moment [, zone]). */
    private static @Nullable Kernel dateTrunc(KernelRequest request) {
        DataType type = request.type(1);
        DataType result = request.result();
        if (!TimeCasts.isMoment(type) || !TimeCasts.isMoment(result)) {
            return null;
        }
        return Kernels.longs(result, (a, row) -> {
            TimeUnits unit = TimeUnits.of(a[0].string(row));
            ZoneId zone = a.length > 2
                    ? Times.zone(a[2].string(row))
                    : request.context().zone();
            return truncated(a[1].integer(row), type, result, unit, false, zone);
        });
    }

    private static @Nullable Kernel add(KernelRequest request, TimeUnits unit) {
        DataType type = request.type(1);
        DataType result = request.result();
        boolean months = unit.months() > 0;
        DataType interval = months ? DataType.INTERVAL_MONTH : DataType.INTERVAL_NANO;
        if (type.kind() == TypeKind.TIME && months) {
            return null;
        }
        KernelRequest plus = new KernelRequest("+", List.of(type, interval), result, request.context());
        Kernel sum = TimeArithmetic.find(plus);
        if (sum == null) {
            return null;
        }
        long size = months ? unit.months() : unit.nanos();
        Kernel width = Kernels.longs(interval, (a, row) -> {
            try {
                long product = Math.multiplyExact(a[0].integer(row), size);
                if (ValueRanges.fits(interval, product)) {
                    return product;
                }
            } catch (ArithmeticException e) {
                // reported below
            }
            throw new TrellisException(
                    ErrorCode.DATETIME_OVERFLOW, "interval is out of range: " + a[0].integer(row) + " " + unit);
        });
        return (a, rows) -> {
            Operand added = Operand.of(width.apply(new Operand[] {a[0]}, rows));
            return sum.apply(new Operand[] {a[1], added}, rows);
        };
    }

    /** Whole units from the first moment to the second, towards zero. */
    private static @Nullable Kernel difference(KernelRequest request, TimeUnits unit) {
        DataType result = request.result();
        boolean moments = TimeCasts.isMoment(request.type(0)) && TimeCasts.isMoment(request.type(1));
        if (!moments || !result.kind().isInteger()) {
            return null;
        }
        if (unit.months() > 0) {
            return Kernels.longs(
                    result, (a, row) -> checked(TimeArithmetic.monthsBetween(a[0], a[1], row) / unit.months(), result));
        }
        BigDecimal size = BigDecimal.valueOf(unit.nanos(), 9);
        return Kernels.longs(result, (a, row) -> {
            long seconds = TimeArithmetic.seconds(a[1], row) - TimeArithmetic.seconds(a[0], row);
            long nanos = (long) TimeArithmetic.nanos(a[1], row) - TimeArithmetic.nanos(a[0], row);
            if (Math.abs(seconds) < Long.MAX_VALUE / Times.NANOS_PER_SECOND - 1) {
                return checked((seconds * Times.NANOS_PER_SECOND + nanos) / unit.nanos(), result);
            }
            BigDecimal exact = BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9));
            try {
                return checked(exact.divide(size, 0, RoundingMode.DOWN).longValueExact(), result);
            } catch (ArithmeticException e) {
                throw Arithmetic.overflow(result, "difference in " + unit);
            }
        });
    }

    private static long checked(long value, DataType result) {
        if (!ValueRanges.fits(result, value)) {
            throw Arithmetic.overflow(result, String.valueOf(value));
        }
        return value;
    }

    /** A timestamp read on a zone's clock becomes an instant; an instant becomes what that clock shows. */
    private static @Nullable Kernel atTimeZone(KernelRequest request) {
        DataType type = request.type(0);
        DataType result = request.result();
        if (type.kind() == TypeKind.TIMESTAMP_LTZ && result.kind() == TypeKind.TIMESTAMP) {
            return Kernels.longs(
                    result,
                    (a, row) -> Times.rescale(
                            Times.toLocal(a[0].integer(row), type.precision(), Times.zone(a[1].string(row))),
                            type.precision(),
                            result.precision()));
        }
        if (type.kind() == TypeKind.TIMESTAMP && result.kind() == TypeKind.TIMESTAMP_LTZ) {
            return Kernels.longs(
                    result,
                    (a, row) -> Times.rescale(
                            Times.toInstant(a[0].integer(row), type.precision(), Times.zone(a[1].string(row))),
                            type.precision(),
                            result.precision()));
        }
        return null;
    }

    /** The moment that lies so many seconds after 1970-01-01 00:00 UTC. */
    private static @Nullable Kernel toTimestamp(KernelRequest request) {
        DataType result = request.result();
        if (!result.kind().isTimestamp()) {
            return null;
        }
        return Kernels.longs(result, (a, row) -> {
            double approximate = MathFunctions.number(a[0], row);
            if (Double.isNaN(approximate) || Math.abs(approximate) > 1e18) {
                throw Times.overflow(result, approximate + " seconds");
            }
            boolean exact =
                    a[0].type().kind() == TypeKind.DECIMAL || a[0].type().kind().isInteger();
            BigDecimal seconds = exact ? a[0].decimal(row) : BigDecimal.valueOf(approximate);
            BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
            int nanos = seconds.subtract(whole)
                    .movePointRight(9)
                    .setScale(0, RoundingMode.DOWN)
                    .intValue();
            return Times.of(whole.longValue(), nanos, result.precision());
        });
    }

    private static Kernel makeDate(KernelRequest request) {
        return Kernels.longs(request.result(), (a, row) -> {
            try {
                return LocalDate.of(
                                Math.toIntExact(a[0].integer(row)),
                                Math.toIntExact(a[1].integer(row)),
                                Math.toIntExact(a[2].integer(row)))
                        .toEpochDay();
            } catch (DateTimeException | ArithmeticException e) {
                throw new TrellisException(
                        ErrorCode.DATETIME_OVERFLOW,
                        "date does not exist: " + a[0].integer(row) + "-" + a[1].integer(row) + "-" + a[2].integer(row),
                        e);
            }
        });
    }
}
