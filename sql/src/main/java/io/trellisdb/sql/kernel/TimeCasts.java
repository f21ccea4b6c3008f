package io.trellisdb.sql.kernel;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Casts between dates, times, timestamps and intervals. */
final class TimeCasts {
    private TimeCasts() {}

    static @Nullable Kernel find(DataType from, DataType to, EvaluationContext context) {
        int source = from.precision();
        int target = to.precision();
        return switch (to.kind()) {
            case DATE ->
                switch (from.kind()) {
                    case TIMESTAMP -> Kernels.longs(to, (a, row) -> day(a[0].integer(row), source));
                    case TIMESTAMP_LTZ ->
                        Kernels.longs(
                                to, (a, row) -> day(Times.toLocal(a[0].integer(row), source, context.zone()), source));
                    default -> null;
                };
            case TIME -> time(from, to, context);
            case TIMESTAMP ->
                switch (from.kind()) {
                    case DATE -> Kernels.longs(to, (a, row) -> Times.ofDay(a[0].integer(row), 0, target));
                    case TIMESTAMP -> rescale(from, to);
                    case TIMESTAMP_LTZ ->
                        Kernels.longs(
                                to,
                                (a, row) -> Times.rescale(
                                        Times.toLocal(a[0].integer(row), source, context.zone()), source, target));
                    default -> null;
                };
            case TIMESTAMP_LTZ ->
                switch (from.kind()) {
                    case DATE ->
                        Kernels.longs(
                                to,
                                (a, row) -> Times.toInstant(
                                        Times.ofDay(a[0].integer(row), 0, target), target, context.zone()));
                    case TIMESTAMP ->
                        Kernels.longs(
                                to,
                                (a, row) -> Times.rescale(
                                        Times.toInstant(a[0].integer(row), source, context.zone()), source, target));
                    case TIMESTAMP_LTZ -> rescale(from, to);
                    default -> null;
                };
            case INTERVAL_MONTH, INTERVAL_NANO -> from.kind() == to.kind() ? (a, rows) -> a[0].dense(rows) : null;
            default -> null;
        };
    }

    private static Kernel rescale(DataType from, DataType to) {
        return Kernels.longs(to, (a, row) -> Times.rescale(a[0].integer(row), from.precision(), to.precision()));
    }

    private static @Nullable Kernel time(DataType from, DataType to, EvaluationContext context) {
        int source = from.precision();
        return switch (from.kind()) {
            case TIME -> Kernels.longs(to, (a, row) -> roundTime(a[0].integer(row), to));
            case TIMESTAMP -> Kernels.longs(to, (a, row) -> roundTime(nanosOfDay(a[0].integer(row), source), to));
            case TIMESTAMP_LTZ ->
                Kernels.longs(
                        to,
                        (a, row) -> roundTime(
                                nanosOfDay(Times.toLocal(a[0].integer(row), source, context.zone()), source), to));
            default -> null;
        };
    }

    /** Rounds half up; the last moment of a day stays in it. */
    static long roundTime(long nanosOfDay, DataType to) {
        long unit = Times.nanosPerUnit(to.precision());
        long rounded = (nanosOfDay + unit / 2) / unit * unit;
        return rounded >= Times.NANOS_PER_DAY ? Times.NANOS_PER_DAY - unit : rounded;
    }

    static long day(long timestamp, int precision) {
        long day = Math.floorDiv(timestamp, Times.unitsPerDay(precision));
        if (day != (int) day) {
            throw Times.overflow(DataType.DATE, day + " days since 1970");
        }
        return day;
    }

    static long nanosOfDay(long timestamp, int precision) {
        return Math.floorMod(timestamp, Times.unitsPerDay(precision)) * Times.nanosPerUnit(precision);
    }

    /** Whether the type is a date or timestamp. */
    static boolean isMoment(DataType type) {
        return type.kind() == TypeKind.DATE || type.kind().isTimestamp();
    }
}
