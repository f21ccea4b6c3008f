package io.trellisdb.sql.kernel;

import static io.trellisdb.sql.kernel.Calls.check;
import static io.trellisdb.sql.kernel.Calls.fails;
import static io.trellisdb.sql.kernel.Calls.typed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimeFunctionsTest {
    private static final DataType MICROS = DataType.timestamp(6);
    private static final DataType BOOL = DataType.BOOLEAN;

    private static LocalDateTime at(String text) {
        return LocalDateTime.parse(text);
    }

    @Test
    void comparisonsAreExactBelowMilliseconds() {
        check(false, "=", BOOL, at("2024-01-01T00:00:00.123456"), at("2024-01-01T00:00:00.123999"));
        check(
                true,
                "<",
                BOOL,
                typed(at("2024-01-01T00:00:00.123"), DataType.timestamp(3)),
                typed(at("2024-01-01T00:00:00.123000001"), DataType.timestamp(9)));
        check(
                true,
                "=",
                BOOL,
                typed(at("1900-01-01T00:00:00.123"), DataType.timestamp(3)),
                typed(at("1900-01-01T00:00:00.123"), DataType.timestamp(9)));
        check(
                false,
                ">=",
                BOOL,
                typed(at("9999-01-01T00:00"), DataType.timestamp(0)),
                typed(at("9999-01-01T00:00:00.000001"), MICROS));
        check(true, "<", BOOL, LocalDate.of(2024, 1, 1), at("2024-01-01T00:00:00.000001"));
    }

    @Test
    void intervalsAreAddedExactly() {
        check(at("2024-01-02T00:00:00.000001"), "+", MICROS, at("2024-01-01T00:00:00.000001"), Duration.ofDays(1));
        check(at("2023-12-31T23:59:59.999999"), "-", MICROS, at("2024-01-01T00:00"), Duration.ofNanos(1000));
        check(at("2024-02-29T10:00"), "+", MICROS, at("2024-01-31T10:00"), Period.ofMonths(1));
        check(at("2024-02-29T10:00"), "-", MICROS, at("2024-03-31T10:00"), Period.ofMonths(1));
        check(LocalDate.of(2024, 2, 29), "+", DataType.DATE, LocalDate.of(2024, 1, 31), Period.ofMonths(1));
        check(LocalDate.of(2024, 2, 1), "+", DataType.DATE, LocalDate.of(2024, 1, 31), Duration.ofDays(1));
        check(at("2024-01-31T01:00"), "+", MICROS, LocalDate.of(2024, 1, 31), Duration.ofHours(1));
        check(LocalDate.of(2024, 2, 1), "+", DataType.DATE, LocalDate.of(2024, 1, 31), 1);
        check(LocalTime.of(1, 0), "+", DataType.time(9), LocalTime.of(23, 0), Duration.ofHours(2));
        check(Duration.ofDays(1), "-", DataType.INTERVAL_NANO, at("2024-01-02T00:00"), at("2024-01-01T00:00"));
        check(
                Duration.ofNanos(-1000),
                "-",
                DataType.INTERVAL_NANO,
                at("1969-12-31T23:59:59.999999"),
                at("1970-01-01T00:00"));
        check(31, "-", DataType.INTEGER, LocalDate.of(2024, 2, 1), LocalDate.of(2024, 1, 1));
        check(Duration.ofHours(3), "*", DataType.INTERVAL_NANO, Duration.ofHours(2), new BigDecimal("1.5"));
        check(Period.ofMonths(6).normalized(), "*", DataType.INTERVAL_MONTH, 3, Period.ofMonths(2));
        check(Duration.ofHours(1), "/", DataType.INTERVAL_NANO, Duration.ofHours(2), 2);
        check(Duration.ofHours(-2), "NEGATE", DataType.INTERVAL_NANO, Duration.ofHours(2));
        fails(
                ErrorCode.DATETIME_OVERFLOW,
                "1900",
                "-",
                DataType.INTERVAL_NANO,
                at("2300-01-01T00:00"),
                at("1900-01-01T00:00"));
        fails(ErrorCode.DIVISION_BY_ZERO, "/ 0", "/", DataType.INTERVAL_NANO, Duration.ofHours(2), 0);
    }

    @Test
    void fieldsAreExtracted() {
        LocalDateTime moment = at("2024-12-30T07:08:09.123456");
        check(2024L, "EXTRACT_YEAR", DataType.BIGINT, moment);
        check(2025L, "EXTRACT_ISOYEAR", DataType.BIGINT, moment);
        check(1L, "EXTRACT_WEEK", DataType.BIGINT, moment);
        check(4L, "EXTRACT_QUARTER", DataType.BIGINT, moment);
        check(1L, "EXTRACT_DOW", DataType.BIGINT, moment);
        check(1L, "EXTRACT_ISODOW", DataType.BIGINT, moment);
        check(365L, "EXTRACT_DOY", DataType.BIGINT, moment);
        check(7L, "EXTRACT_HOUR", DataType.BIGINT, moment);
        check(9L, "EXTRACT_SECOND", DataType.BIGINT, moment);
        check(new BigDecimal("9.123456"), "EXTRACT_SECOND", DataType.decimal(8, 6), moment);
        check(9123L, "EXTRACT_MILLISECOND", DataType.BIGINT, moment);
        check(21L, "EXTRACT_CENTURY", DataType.BIGINT, moment);
        check(-1L, "EXTRACT_EPOCH", DataType.BIGINT, at("1969-12-31T23:59:59.5"));
        check(23L, "EXTRACT_HOUR", DataType.BIGINT, at("1969-12-31T23:59:59.5"));
        check(1L, "EXTRACT_DAY", DataType.BIGINT, Duration.ofHours(25));
        check(2L, "EXTRACT_MONTH", DataType.BIGINT, Period.ofMonths(14));
    }

    @Test
    void momentsAreTruncated() {
        LocalDateTime moment = at("2024-05-16T07:08:09.123456");
        check(at("2024-05-16T07:00"), "FLOOR_HOUR", MICROS, moment);
        check(at("2024-05-16T08:00"), "CEIL_HOUR", MICROS, moment);
        check(at("2024-05-13T00:00"), "FLOOR_WEEK", MICROS, moment);
        check(at("2024-05-20T00:00"), "CEIL_WEEK", MICROS, moment);
        check(at("2024-04-01T00:00"), "FLOOR_QUARTER", MICROS, moment);
        check(at("2024-07-01T00:00"), "CEIL_QUARTER", MICROS, moment);
        check(at("2024-01-01T00:00"), "CEIL_YEAR", MICROS, at("2024-01-01T00:00"));
        check(at("2001-01-01T00:00"), "FLOOR_CENTURY", MICROS, moment);
        check(at("2024-05-16T07:08:09.123"), "FLOOR_MILLISECOND", MICROS, moment);
        check(at("1969-12-31T23:00"), "FLOOR_HOUR", MICROS, at("1969-12-31T23:59:59.9"));
        check(at("2024-05-01T00:00"), "DATE_TRUNC", MICROS, "month", moment);
        check(LocalDate.of(2024, 5, 1), "FLOOR_MONTH", DataType.DATE, LocalDate.of(2024, 5, 16));
        fails(ErrorCode.INVALID_PARAMETER, "fortnight", "DATE_TRUNC", MICROS, "fortnight", moment);
    }

    @Test
    void differencesCountWholeUnits() {
        check(1L, "TIMESTAMPDIFF_MONTH", DataType.BIGINT, at("2024-01-31T00:00"), at("2024-03-30T00:00"));
        check(-1L, "TIMESTAMPDIFF_HOUR", DataType.BIGINT, at("2024-01-31T02:00"), at("2024-01-31T00:30"));
        check(1L, "TIMESTAMPDIFF_YEAR", DataType.BIGINT, LocalDate.of(2023, 1, 1), LocalDate.of(2024, 6, 1));
        check(at("2024-02-29T00:00"), "TIMESTAMPADD_MONTH", MICROS, 1, at("2024-01-31T00:00"));
        check(at("2024-01-31T00:03"), "TIMESTAMPADD_MINUTE", MICROS, 3, at("2024-01-31T00:00"));
    }

    @Test
    void bucketsStartOnMondayAndRoundDownBefore1970() {
        check(at("2024-05-16T07:00"), "TIME_BUCKET", MICROS, Duration.ofMinutes(15), at("2024-05-16T07:14:59.999999"));
        check(at("2024-05-13T00:00"), "TIME_BUCKET", MICROS, Duration.ofDays(7), at("2024-05-16T07:14"));
        check(at("1969-12-31T23:45"), "TIME_BUCKET", MICROS, Duration.ofMinutes(15), at("1969-12-31T23:59"));
        check(at("2024-04-01T00:00"), "TIME_BUCKET", MICROS, Period.ofMonths(3), at("2024-05-16T07:14"));
        check(at("1999-01-01T00:00"), "TIME_BUCKET", MICROS, Period.ofYears(1), at("1999-05-16T07:14"));
        check(
                at("2024-05-16T07:05"),
                "TIME_BUCKET",
                MICROS,
                Duration.ofMinutes(15),
                at("2024-05-16T07:14"),
                at("2020-01-01T00:05"));
        check(
                at("2024-05-16T07:05"),
                "DATE_BIN",
                MICROS,
                Duration.ofMinutes(15),
                at("2024-05-16T07:14"),
                at("2020-01-01T00:05"));
        fails(
                ErrorCode.INVALID_PARAMETER,
                "not positive",
                "TIME_BUCKET",
                MICROS,
                Duration.ZERO,
                at("2024-05-16T07:14"));
    }

    @Test
    void bucketsOfAZoneFollowItsMidnightAndKeepRepeatedHoursApart() {
        Object none = typed(null, MICROS);
        // Berlin's day of 2024-03-31 begins at 23:00 UTC the day before and has 23 hours
        assertEquals(at("2024-03-30T23:00"), bucket(Duration.ofDays(1), at("2024-03-31T12:00"), none));
        assertEquals(at("2024-03-31T22:00"), bucket(Duration.ofDays(1), at("2024-03-31T22:30"), none));
        // in autumn 02:xx comes twice: 00:30 UTC and 01:30 UTC
        assertEquals(at("2024-10-27T00:00"), bucket(Duration.ofHours(1), at("2024-10-27T00:30"), none));
        assertEquals(at("2024-10-27T01:00"), bucket(Duration.ofHours(1), at("2024-10-27T01:30"), none));
        assertEquals(at("2024-06-30T22:00"), bucket(Period.ofMonths(1), at("2024-07-15T00:00"), none));
    }

    private static Object bucket(Object width, LocalDateTime moment, Object origin) {
        return Calls.constant("TIME_BUCKET", MICROS, width, moment, origin, "Europe/Berlin");
    }

    @Test
    void zonesTurnTimestampsIntoInstantsAndBack() {
        check(
                Instant.parse("2024-07-01T10:00:00Z"),
                "AT TIME ZONE",
                DataType.timestampLtz(6),
                at("2024-07-01T12:00"),
                "Europe/Berlin");
        check(at("2024-07-01T12:00"), "AT TIME ZONE", MICROS, Instant.parse("2024-07-01T10:00:00Z"), "Europe/Berlin");
        // a clock that springs forward shows no 02:30: the moment lies behind the gap
        check(
                Instant.parse("2024-03-31T01:30:00Z"),
                "AT TIME ZONE",
                DataType.timestampLtz(6),
                at("2024-03-31T02:30"),
                "Europe/Berlin");
        fails(ErrorCode.INVALID_PARAMETER, "Mars", "AT TIME ZONE", MICROS, Instant.EPOCH, "Mars/Olympus");
        Object floored = Evaluator.constantValue(
                Calls.call("FLOOR_DAY", DataType.timestampLtz(6), Instant.parse("2024-07-01T23:00:00Z")),
                Calls.context(ZoneId.of("Europe/Berlin")));
        assertEquals(Instant.parse("2024-07-01T22:00:00Z"), floored);
    }

    @Test
    void momentsAreFormatted() {
        check(
                "2024-05-16 19:08:09.123 Thu PM 07",
                "TO_CHAR",
                DataType.VARCHAR,
                at("2024-05-16T19:08:09.123456"),
                "YYYY-MM-DD HH24:MI:SS.MS Dy PM HH12");
        fails(ErrorCode.NOT_SUPPORTED, "ZZZ", "TO_CHAR", DataType.VARCHAR, at("2024-05-16T19:08"), "ZZZ");
        check(LocalDate.of(2024, 2, 29), "LAST_DAY", DataType.DATE, LocalDate.of(2024, 2, 3));
        check(Instant.parse("1970-01-01T00:00:01.5Z"), "TO_TIMESTAMP", DataType.timestampLtz(6), 1.5);
    }
}
