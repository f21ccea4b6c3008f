package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** EXTRACT: fields of dates, times, timestamps and intervals, with PostgreSQL's numbering. */
final class TimeFields {
    private static final String[] DATE_UNITS = {
        "MILLENNIUM", "CENTURY", "DECADE", "YEAR", "ISOYEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DOW", "ISODOW", "DOY"
    };
    private static final String[] TIME_UNITS = {
        "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND", "EPOCH"
    };

    private TimeFields() {}

    static void register(Functions.Registry registry) {
        for (String[] units : new String[][] {DATE_UNITS, TIME_UNITS}) {
            for (String unit : units) {
                registry.add("EXTRACT_" + unit, "TEMPORAL", Result.DERIVED, request -> extract(request, unit));
            }
        }
    }

    private static @Nullable Kernel extract(KernelRequest request, String unit) {
        DataType type = request.type(0);
        return switch (type.kind()) {
            case DATE, TIMESTAMP, TIMESTAMP_LTZ -> moment(request, unit);
            case TIME ->
                isTimeOfDay(unit)
                        ? seconds(request, unit, (a, row) -> a[0].integer(row))
                        : unit.equals("EPOCH")
                                ? seconds(request, "SECOND", (a, row) -> a[0].integer(row))
                                : whole(request, hours(unit));
            case INTERVAL_NANO -> interval(request, unit);
            case INTERVAL_MONTH -> months(request, unit);
            default -> null;
        };
    }

    private static boolean isTimeOfDay(String unit) {
        return switch (unit) {
            case "SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND" -> true;
            default -> false;
        };
    }

    /** A whole number, in whichever exact or approximate type the plan wants it. */
    private static @Nullable Kernel whole(KernelRequest request, Kernels.@Nullable LongRow function) {
        if (function == null) {
            return null;
        }
        DataType result = request.result();
        if (result.kind().isInteger()) {
            return Kernels.longs(result, (a, row) -> {
                long value = function.at(a, row);
                if (!ValueRanges.fits(result, value)) {
                    throw Arithmetic.overflow(result, request.function() + " = " + value);
                }
                return value;
            });
        }
        if (result.layout() == Layout.DOUBLE) {
            return Kernels.doubles(result, (a, row) -> function.at(a, row));
        }
        return result.kind() != TypeKind.DECIMAL
                ? null
                : Kernels.any(result, (a, row, out) -> {
                    long value = function.at(a, row);
                    out.append(Decimals.boxed(BigDecimal.valueOf(value), result, () -> String.valueOf(value)));
                });
    }

    /** Seconds of a minute and their parts from nanoseconds: rounded down for integers, else with the fraction. */
    private static @Nullable Kernel seconds(KernelRequest request, String unit, Kernels.LongRow nanos) {
        int digits =
                switch (unit) {
                    case "SECOND" -> 9;
                    case "MILLISECOND" -> 6;
                    case "MICROSECOND" -> 3;
                    default -> 0;
                };
        long minute = 60 * Times.NANOS_PER_SECOND;
        boolean whole = request.function().equals("EXTRACT_EPOCH");
        return fractional(request, digits, (a, row) -> whole ? nanos.at(a, row) : nanos.at(a, row) % minute);
    }

    private static @Nullable Kernel fractional(KernelRequest request, int digits, Kernels.LongRow nanos) {
        DataType result = request.result();
        if (result.kind().isInteger()) {
            long factor = Boxing.powerOfTen(digits);
            return whole(request, (a, row) -> nanos.at(a, row) / factor);
        }
        if (result.layout() == Layout.DOUBLE) {
            return Kernels.doubles(result, (a, row) -> BigDecimal.valueOf(nanos.at(a, row), digits)
                    .doubleValue());
        }
        return result.kind() != TypeKind.DECIMAL
                ? null
                : Kernels.any(result, (a, row, out) -> {
                    BigDecimal value = BigDecimal.valueOf(nanos.at(a, row), digits);
                    out.append(Decimals.boxed(value, result, value::toPlainString));
                });
    }

    private static @Nullable Kernel moment(KernelRequest request, String unit) {
        DataType type = request.type(0);
        int precision = type.precision();
        if (unit.equals("EPOCH")) {
            return epoch(request);
        }
        boolean date = type.kind() == TypeKind.DATE;
        boolean instant = type.kind() == TypeKind.TIMESTAMP_LTZ;
        Kernels.LongRow local = instant
                ? (a, row) -> Times.toLocal(
                        a[0].integer(row), precision, request.context().zone())
                : (a, row) -> a[0].integer(row);
        Kernels.LongRow nanos = date ? (a, row) -> 0 : (a, row) -> TimeCasts.nanosOfDay(local.at(a, row), precision);
        if (isTimeOfDay(unit)) {
            return seconds(request, unit, nanos);
        }
        if (unit.equals("HOUR") || unit.equals("MINUTE")) {
            long divisor = unit.equals("HOUR") ? 3600 * Times.NANOS_PER_SECOND : 60 * Times.NANOS_PER_SECOND;
            long modulus = unit.equals("HOUR") ? 24 : 60;
            return whole(request, (a, row) -> nanos.at(a, row) / divisor % modulus);
        }
        Kernels.LongRow day = date ? local : (a, row) -> Math.floorDiv(local.at(a, row), Times.unitsPerDay(precision));
        return whole(request, (a, row) -> dateField(unit, day.at(a, row)));
    }

    /** Seconds since 1970 of the moment itself; for integers rounded down. */
    private static @Nullable Kernel epoch(KernelRequest request) {
        DataType result = request.result();
        if (result.kind().isInteger()) {
            return whole(request, (a, row) -> TimeArithmetic.seconds(a[0], row));
        }
        if (result.layout() == Layout.DOUBLE) {
            return Kernels.doubles(result, (a, row) -> epoch(a[0], row).doubleValue());
        }
        return result.kind() != TypeKind.DECIMAL
                ? null
                : Kernels.any(result, (a, row, out) -> {
                    BigDecimal value = epoch(a[0], row);
                    out.append(Decimals.boxed(value, result, value::toPlainString));
                });
    }

    private static BigDecimal epoch(Operand a, int row) {
        return BigDecimal.valueOf(TimeArithmetic.seconds(a, row))
                .add(BigDecimal.valueOf(TimeArithmetic.nanos(a, row), 9));
    }

    static long dateField(String unit, long day) {
        // days of the week need no calendar: 1970-01-01 was a Thursday
        switch (unit) {
            case "DOW" -> {
                return Math.floorMod(day + 4, 7L);
            }
            case "ISODOW" -> {
                return Math.floorMod(day + 3, 7L) + 1;
            }
            default -> {}
        }
        LocalDate date = LocalDate.ofEpochDay(day);
        int year = date.getYear();
        return switch (unit) {
            case "YEAR" -> year;
            case "MONTH" -> date.getMonthValue();
            case "DAY" -> date.getDayOfMonth();
            case "DOY" -> date.getDayOfYear();
            case "QUARTER" -> (date.getMonthValue() + 2) / 3;
            case "WEEK" -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "ISOYEAR" -> date.get(IsoFields.WEEK_BASED_YEAR);
            case "DECADE" -> Math.floorDiv(year, 10);
            case "CENTURY" -> year > 0 ? (year + 99) / 100 : year / 100 - 1;
            case "MILLENNIUM" -> year > 0 ? (year + 999) / 1000 : year / 1000 - 1;
            default -> throw new IllegalArgumentException("no such field of a date: " + unit.toLowerCase(Locale.ROOT));
        };
    }

    private static Kernels.@Nullable LongRow hours(String unit) {
        return switch (unit) {
            case "HOUR" -> (a, row) -> a[0].integer(row) / (3600 * Times.NANOS_PER_SECOND);
            case "MINUTE" -> (a, row) -> a[0].integer(row) / (60 * Times.NANOS_PER_SECOND) % 60;
            default -> null;
        };
    }

    private static @Nullable Kernel interval(KernelRequest request, String unit) {
        return switch (unit) {
            case "DAY" -> whole(request, (a, row) -> a[0].integer(row) / Times.NANOS_PER_DAY);
            case "HOUR" -> whole(request, (a, row) -> a[0].integer(row) / (3600 * Times.NANOS_PER_SECOND) % 24);
            case "MINUTE" -> whole(request, (a, row) -> a[0].integer(row) / (60 * Times.NANOS_PER_SECOND) % 60);
            case "SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND" ->
                seconds(request, unit, (a, row) -> a[0].integer(row));
            case "EPOCH" -> fractional(request, 9, (a, row) -> a[0].integer(row));
            default -> null;
        };
    }

    private static @Nullable Kernel months(KernelRequest request, String unit) {
        return switch (unit) {
            case "YEAR" -> whole(request, (a, row) -> a[0].integer(row) / 12);
            case "MONTH" -> whole(request, (a, row) -> a[0].integer(row) % 12);
            case "QUARTER" -> whole(request, (a, row) -> a[0].integer(row) % 12 / 3 + 1);
            default -> null;
        };
    }
}
