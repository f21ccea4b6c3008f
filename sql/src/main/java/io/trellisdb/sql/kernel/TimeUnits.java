package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;

/** The units of FLOOR, CEIL, DATE_TRUNC and TIMESTAMPADD: fixed lengths of time, or periods of the calendar. */
enum TimeUnits {
    NANOSECOND(1, 0),
    MICROSECOND(1_000, 0),
    MILLISECOND(1_000_000, 0),
    SECOND(Times.NANOS_PER_SECOND, 0),
    MINUTE(60 * Times.NANOS_PER_SECOND, 0),
    HOUR(3600 * Times.NANOS_PER_SECOND, 0),
    DAY(Times.NANOS_PER_DAY, 0),
    WEEK(7 * Times.NANOS_PER_DAY, 0),
    MONTH(0, 1),
    QUARTER(0, 3),
    YEAR(0, 12),
    DECADE(0, 120),
    CENTURY(0, 1200),
    MILLENNIUM(0, 12000);

    static final List<TimeUnits> ALL = List.of(values());

    private final long nanos;
    private final int months;

    TimeUnits(long nanos, int months) {
        this.nanos = nanos;
        this.months = months;
    }

    /** The unit's length, or 0 for periods of the calendar. */
    long nanos() {
        return nanos;
    }

    int months() {
        return months;
    }

    /** A unit as people write it, also in the plural. */
    static TimeUnits of(String name) {
        String word = name.strip().toUpperCase(Locale.ROOT);
        String singular = word.endsWith("S") ? word.substring(0, word.length() - 1) : word;
        for (TimeUnits unit : ALL) {
            if (unit.name().equals(word) || unit.name().equals(singular)) {
                return unit;
            }
        }
        return switch (singular) {
            case "CENTURIE" -> CENTURY;
            case "MILLENNIA" -> MILLENNIUM;
            default -> throw new TrellisException(ErrorCode.INVALID_PARAMETER, "time unit does not exist: " + name);
        };
    }

    /** The first day of the period that holds a day; for DAY and shorter units the day itself. */
    long firstDay(long day) {
        if (months == 0) {
            return this == WEEK ? day - Math.floorMod(day + 3, 7L) : day;
        }
        LocalDate date = LocalDate.ofEpochDay(day);
        int year = date.getYear();
        return switch (this) {
            case MONTH -> date.withDayOfMonth(1).toEpochDay();
            case QUARTER ->
                date.with(date.getMonth().firstMonthOfQuarter())
                        .withDayOfMonth(1)
                        .toEpochDay();
            case YEAR -> LocalDate.of(year, 1, 1).toEpochDay();
            case DECADE -> LocalDate.of(Math.floorDiv(year, 10) * 10, 1, 1).toEpochDay();
            case CENTURY ->
                LocalDate.of(Math.floorDiv(year - 1, 100) * 100 + 1, 1, 1).toEpochDay();
            default ->
                LocalDate.of(Math.floorDiv(year - 1, 1000) * 1000 + 1, 1, 1).toEpochDay();
        };
    }

    /** The first day of the period after the one that begins on this day. */
    long nextFirstDay(long firstDay) {
        if (months == 0) {
            return this == WEEK ? firstDay + 7 : firstDay + 1;
        }
        return LocalDate.ofEpochDay(firstDay).plusMonths(months).toEpochDay();
    }

    /** The last day of the month that holds a day. */
    static long lastDayOfMonth(long day) {
        return LocalDate.ofEpochDay(day)
                .with(TemporalAdjusters.lastDayOfMonth())
                .toEpochDay();
    }

    static DayOfWeek weekday(long day) {
        return LocalDate.ofEpochDay(day).getDayOfWeek();
    }
}
