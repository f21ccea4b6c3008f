package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** {@code + - * /} where a date, time or interval takes part. */
final class TimeArithmetic {
    private TimeArithmetic() {}

    static @Nullable Kernel find(KernelRequest request) {
        DataType a = request.type(0);
        DataType b = request.type(1);
        return switch (request.function()) {
            case "+" ->
                isInterval(b) ? plus(request, 0, 1, 1) : isInterval(a) ? plus(request, 1, 0, 1) : dayPlus(request);
            case "-" -> isInterval(b) ? plus(request, 0, 1, -1) : minus(request);
            case "*" -> isInterval(a) ? times(request, 0, 1) : isInterval(b) ? times(request, 1, 0) : null;
            case "/" -> isInterval(a) && b.kind().isNumeric() ? divided(request) : null;
            default -> null;
        };
    }

    static boolean isInterval(DataType type) {
        return type.kind() == TypeKind.INTERVAL_MONTH || type.kind() == TypeKind.INTERVAL_NANO;
    }

    private static TrellisException intervalOverflow(String expression) {
        return new TrellisException(ErrorCode.DATETIME_OVERFLOW, "interval is out of range: " + expression);
    }

    /** DATE plus or minus a number of days. */
    private static @Nullable Kernel dayPlus(KernelRequest request) {
        int date = request.kind(0) == TypeKind.DATE ? 0 : 1;
        boolean days =
                request.kind(date) == TypeKind.DATE && request.kind(1 - date).isInteger();
        if (!days || request.result().kind() != TypeKind.DATE) {
            return null;
        }
        return Kernels.longs(request.result(), (a, row) -> checkedDay(a[date].integer(row), a[1 - date].integer(row)));
    }

    private static long checkedDay(long day, long added) {
        if (Math.abs(added) > Integer.MAX_VALUE * 2L || !ValueRanges.fits(DataType.DATE, day + added)) {
            throw Times.overflow(DataType.DATE, LocalDate.ofEpochDay(day) + " + " + added + " days");
        }
        return day + added;
    }

    private static @Nullable Kernel plus(KernelRequest request, int moment, int interval, int sign) {
        DataType type = request.type(moment);
        DataType added = request.type(interval);
        DataType result = request.result();
        if (isInterval(type)) {
            return type.kind() != added.kind() || result.kind() != type.kind()
                    ? null
                    : Kernels.longs(
                            result, (a, row) -> intervalSum(result, a[0].integer(row), a[1].integer(row), sign));
        }
        if (type.kind() == TypeKind.TIME && added.kind() == TypeKind.INTERVAL_NANO) {
            return Kernels.longs(result, (a, row) -> {
                long shift = a[interval].integer(row) % Times.NANOS_PER_DAY;
                return TimeCasts.roundTime(
                        Math.floorMod(a[moment].integer(row) + sign * shift, Times.NANOS_PER_DAY), result);
            });
        }
        if (!TimeCasts.isMoment(type) || !TimeCasts.isMoment(result)) {
            return null;
        }
        if (added.kind() == TypeKind.INTERVAL_MONTH) {
            return Kernels.longs(
                    result,
                    (a, row) -> shifted(
                            a[moment].integer(row), type, result, sign * a[interval].integer(row), request.context()));
        }
        return nanosPlus(request, moment, interval, sign);
    }

    private static long intervalSum(DataType type, long a, long b, int sign) {
        try {
            long sum = sign > 0 ? Math.addExact(a, b) : Math.subtractExact(a, b);
            if (ValueRanges.fits(type, sum)) {
                return sum;
            }
        } catch (ArithmeticException e) {
            // reported below
        }
        throw intervalOverflow(Boxing.box(type, a) + (sign > 0 ? " + " : " - ") + Boxing.box(type, b));
    }

    /** A moment moved by months, its day cut to the month's length; instants move on the session's clock. */
    private static long shifted(long value, DataType type, DataType result, long months, EvaluationContext context) {
        if (type.kind() == TypeKind.TIMESTAMP_LTZ) {
            long local = Times.toLocal(value, type.precision(), context.zone());
            long moved = plusMonths(local, type.precision(), months);
            return Times.rescale(
                    Times.toInstant(moved, type.precision(), context.zone()), type.precision(), result.precision());
        }
        if (type.kind() == TypeKind.DATE) {
            long day = monthsLater(value, months);
            return result.kind() == TypeKind.DATE ? checkedDay(day, 0) : Times.ofDay(day, 0, result.precision());
        }
        long moved = plusMonths(value, type.precision(), months);
        return result.kind() == TypeKind.DATE
                ? TimeCasts.day(moved, type.precision())
                : Times.rescale(moved, type.precision(), result.precision());
    }

    static long plusMonths(long timestamp, int precision, long months) {
        long units = Times.unitsPerDay(precision);
        long day = monthsLater(Math.floorDiv(timestamp, units), months);
        return Times.ofDay(day, Math.floorMod(timestamp, units), precision);
    }

    private static long monthsLater(long day, long months) {
        try {
            return LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay();
        } catch (DateTimeException | ArithmeticException e) {
            throw new TrellisException(
                    ErrorCode.DATETIME_OVERFLOW,
                    "date is out of range: " + LocalDate.ofEpochDay(day) + " + " + months + " months",
                    e);
        }
    }

    private static Kernel nanosPlus(KernelRequest request, int moment, int interval, int sign) {
        DataType type = request.type(moment);
        DataType result = request.result();
        int precision = type.precision();
        boolean date = type.kind() == TypeKind.DATE;
        long unit = Times.nanosPerUnit(precision);
        return Kernels.longs(result, (a, row) -> {
            long value = a[moment].integer(row);
            long nanos = a[interval].integer(row);
            if (!date && result.precision() == precision && result.kind() == type.kind() && nanos % unit == 0) {
                try {
                    return sign > 0 ? Math.addExact(value, nanos / unit) : Math.subtractExact(value, nanos / unit);
                } catch (ArithmeticException e) {
                    throw Times.overflow(
                            result, Boxing.box(type, value) + " moved by " + Boxing.box(DataType.INTERVAL_NANO, nanos));
                }
            }
            return exactSum(
                    date ? value * Times.SECONDS_PER_DAY : Boxing.seconds(value, precision),
                    date ? 0 : Boxing.nanosOfSecond(value, precision),
                    nanos,
                    sign,
                    result);
        });
    }

    private static long exactSum(long seconds, long fraction, long nanos, int sign, DataType result) {
        long wholeSeconds = seconds + sign * (nanos / Times.NANOS_PER_SECOND);
        long rest = fraction + sign * (nanos % Times.NANOS_PER_SECOND);
        long carried = wholeSeconds + Math.floorDiv(rest, Times.NANOS_PER_SECOND);
        int left = (int) Math.floorMod(rest, Times.NANOS_PER_SECOND);
        if (result.kind() == TypeKind.DATE) {
            return checkedDay(Math.floorDiv(carried, Times.SECONDS_PER_DAY), 0);
        }
        return Times.of(carried, left, result.precision());
    }

    private static @Nullable Kernel minus(KernelRequest request) {
        DataType left = request.type(0);
        DataType right = request.type(1);
        DataType result = request.result();
        if (left.kind() == TypeKind.DATE && right.kind().isInteger() && result.kind() == TypeKind.DATE) {
            return Kernels.longs(result, (a, row) -> {
                long days = a[1].integer(row);
                return checkedDay(a[0].integer(row), days == Long.MIN_VALUE ? Long.MAX_VALUE : -days);
            });
        }
        if (left.kind() == TypeKind.DATE
                && right.kind() == TypeKind.DATE
                && result.kind().isInteger()) {
            return Kernels.longs(result, (a, row) -> {
                long days = a[0].integer(row) - a[1].integer(row);
                if (!ValueRanges.fits(result, days)) {
                    throw Arithmetic.overflow(result, days + " days");
                }
                return days;
            });
        }
        boolean moments = TimeCasts.isMoment(left) && TimeCasts.isMoment(right);
        if (moments && result.kind() == TypeKind.INTERVAL_MONTH) {
            return Kernels.longs(result, (a, row) -> monthsBetween(a[1], a[0], row));
        }
        if (result.kind() != TypeKind.INTERVAL_NANO) {
            return null;
        }
        if (left.kind() == TypeKind.TIME && right.kind() == TypeKind.TIME) {
            return Kernels.longs(result, (a, row) -> a[0].integer(row) - a[1].integer(row));
        }
        return moments ? Kernels.longs(result, (a, row) -> nanosBetween(a[1], a[0], row)) : null;
    }

    static long seconds(Operand a, int row) {
        return a.type().kind() == TypeKind.DATE
                ? a.integer(row) * Times.SECONDS_PER_DAY
                : Boxing.seconds(a.integer(row), a.type().precision());
    }

    static int nanos(Operand a, int row) {
        return a.type().kind() == TypeKind.DATE
                ? 0
                : Boxing.nanosOfSecond(a.integer(row), a.type().precision());
    }

    /** Nanoseconds from one moment to another. */
    static long nanosBetween(Operand from, Operand to, int row) {
        try {
            long seconds = seconds(to, row) - seconds(from, row);
            long fraction = (long) nanos(to, row) - nanos(from, row);
            if (seconds < 0 && fraction > 0) {
                // keeps the product in range where the sum is
                seconds++;
                fraction -= Times.NANOS_PER_SECOND;
            }
            return Math.addExact(Math.multiplyExact(seconds, Times.NANOS_PER_SECOND), fraction);
        } catch (ArithmeticException e) {
            throw intervalOverflow(to.value(row) + " - " + from.value(row));
        }
    }

    /** Whole months from one moment to another, towards zero. */
    static long monthsBetween(Operand from, Operand to, int row) {
        long fromSeconds = seconds(from, row);
        long toSeconds = seconds(to, row);
        LocalDate first = LocalDate.ofEpochDay(Math.floorDiv(fromSeconds, Times.SECONDS_PER_DAY));
        LocalDate last = LocalDate.ofEpochDay(Math.floorDiv(toSeconds, Times.SECONDS_PER_DAY));
        long months = (last.getYear() - first.getYear()) * 12L + last.getMonthValue() - first.getMonthValue();
        long firstRest =
                Math.floorMod(fromSeconds, Times.SECONDS_PER_DAY) + first.getDayOfMonth() * Times.SECONDS_PER_DAY;
        long lastRest = Math.floorMod(toSeconds, Times.SECONDS_PER_DAY) + last.getDayOfMonth() * Times.SECONDS_PER_DAY;
        int order = Long.compare(lastRest, firstRest);
        int rest = order != 0 ? order : Integer.compare(nanos(to, row), nanos(from, row));
        if (months > 0 && rest < 0) {
            return months - 1;
        }
        return months < 0 && rest > 0 ? months + 1 : months;
    }

    private static @Nullable Kernel times(KernelRequest request, int interval, int number) {
        DataType result = request.result();
        if (!request.kind(number).isNumeric() || result.kind() != request.kind(interval)) {
            return null;
        }
        return Kernels.longs(result, (a, row) -> {
            long value = a[interval].integer(row);
            if (a[number].type().kind().isInteger()) {
                try {
                    long product = Math.multiplyExact(value, a[number].integer(row));
                    if (ValueRanges.fits(result, product)) {
                        return product;
                    }
                } catch (ArithmeticException e) {
                    // reported below
                }
                throw intervalOverflow(Boxing.box(result, value) + " * " + a[number].integer(row));
            }
            return rounded(BigDecimal.valueOf(value).multiply(factor(a[number], row)), result);
        });
    }

    private static BigDecimal factor(Operand a, int row) {
        double approximate = MathFunctions.number(a, row);
        if (Double.isNaN(approximate) || Double.isInfinite(approximate)) {
            throw intervalOverflow("factor " + approximate);
        }
        return a.type().kind() == TypeKind.DECIMAL || a.type().kind().isInteger()
                ? a.decimal(row)
                : new BigDecimal(approximate);
    }

    private static long rounded(BigDecimal value, DataType type) {
        try {
            long whole = value.setScale(0, RoundingMode.HALF_UP).longValueExact();
            if (ValueRanges.fits(type, whole)) {
                return whole;
            }
        } catch (ArithmeticException e) {
            // reported below
        }
        throw intervalOverflow(value.toEngineeringString());
    }

    private static Kernel divided(KernelRequest request) {
        DataType result = request.result();
        return Kernels.longs(result, (a, row) -> {
            BigDecimal divisor = factor(a[1], row);
            if (divisor.signum() == 0) {
                throw Arithmetic.divisionByZero(Boxing.box(result, a[0].integer(row)) + " / 0");
            }
            return rounded(BigDecimal.valueOf(a[0].integer(row)).divide(divisor, 9, RoundingMode.HALF_UP), result);
        });
    }
}
