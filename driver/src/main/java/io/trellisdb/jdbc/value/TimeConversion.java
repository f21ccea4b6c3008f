package io.trellisdb.jdbc.value;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;

/** Dates and times from objects of any class that means one. Zones: see the package documentation. */
@SuppressWarnings("JavaUtilDate") // JDBC's own classes
final class TimeConversion {
    private static final LocalDate EPOCH = LocalDate.EPOCH;

    private TimeConversion() {}

    static LocalDate toDate(Object value, ZoneId zone) throws SQLException {
        if (value instanceof LocalDate date) {
            return date;
        } else if (value instanceof Date date) {
            return date.toLocalDate();
        } else if (value instanceof String text) {
            return isDateOnly(text)
                    ? parse(text, "DATE", LocalDate::parse)
                    : toDateTime(text, zone).toLocalDate();
        } else if (value instanceof LocalTime || value instanceof Time) {
            throw NumberConversion.cannotConvert(value, "DATE");
        }
        return toDateTime(value, zone).toLocalDate();
    }

    static LocalTime toTime(Object value, ZoneId zone) throws SQLException {
        if (value instanceof LocalTime time) {
            return time;
        } else if (value instanceof Time time) {
            return Instant.ofEpochMilli(time.getTime())
                    .atZone(ZoneId.systemDefault())
                    .toLocalTime();
        } else if (value instanceof OffsetTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalTime();
        } else if (value instanceof String text) {
            return text.strip().indexOf('-', 1) > 0
                    ? toDateTime(text, zone).toLocalTime()
                    : parse(text, "TIME", LocalTime::parse);
        } else if (value instanceof LocalDate || value instanceof Date) {
            throw NumberConversion.cannotConvert(value, "TIME");
        }
        return toDateTime(value, zone).toLocalTime();
    }

    /** Without a zone: an instant is seen in {@code zone} if it is a column's, in UTC if it carries an offset. */
    static LocalDateTime toDateTime(Object value, ZoneId zone) throws SQLException {
        if (value instanceof LocalDateTime dateTime) {
            return dateTime;
        } else if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        } else if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, zone);
        } else if (value instanceof OffsetDateTime dateTime) {
            return LocalDateTime.ofInstant(dateTime.toInstant(), ZoneOffset.UTC);
        } else if (value instanceof ZonedDateTime dateTime) {
            return LocalDateTime.ofInstant(dateTime.toInstant(), ZoneOffset.UTC);
        } else if (value instanceof Timestamp timestamp) {
            return ofTimestamp(timestamp);
        } else if (value instanceof Date date) {
            return date.toLocalDate().atStartOfDay();
        } else if (value instanceof LocalTime time) {
            return EPOCH.atTime(time);
        } else if (value instanceof Calendar calendar) {
            return LocalDateTime.ofInstant(
                    calendar.toInstant(), calendar.getTimeZone().toZoneId());
        } else if (value instanceof java.util.Date date) {
            return LocalDateTime.ofInstant(Instant.ofEpochMilli(date.getTime()), ZoneId.systemDefault());
        } else if (value instanceof String text) {
            return parseDateTime(text);
        }
        throw NumberConversion.cannotConvert(value, "TIMESTAMP");
    }

    /** As {@link Timestamp#toLocalDateTime}, whose calendar is ten times as slow and only differs before 1970. */
    private static LocalDateTime ofTimestamp(Timestamp timestamp) {
        return timestamp.getTime() >= 0
                ? LocalDateTime.ofInstant(timestamp.toInstant(), ZoneId.systemDefault())
                : timestamp.toLocalDateTime();
    }

    static Instant toInstant(Object value, ZoneId zone) throws SQLException {
        if (value instanceof Instant instant) {
            return instant;
        } else if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        } else if (value instanceof ZonedDateTime dateTime) {
            return dateTime.toInstant();
        } else if (value instanceof Timestamp timestamp) {
            return timestamp.toInstant();
        } else if (value instanceof Calendar calendar) {
            return calendar.toInstant();
        } else if (value instanceof java.util.Date date && !(value instanceof Date) && !(value instanceof Time)) {
            return Instant.ofEpochMilli(date.getTime());
        } else if (value instanceof String text && hasOffset(text)) {
            return parse(text.strip().replace(' ', 'T'), "TIMESTAMP", OffsetDateTime::parse)
                    .toInstant();
        }
        return toDateTime(value, zone).atZone(zone).toInstant();
    }

    private static boolean isDateOnly(String text) {
        return text.strip().length() <= 10 || text.indexOf(':') < 0;
    }

    /** After the time's colon, a plus, a minus or a Z can only begin an offset. */
    private static boolean hasOffset(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return false;
        }
        String rest = text.substring(colon);
        return rest.indexOf('+') > 0 || rest.indexOf('-') > 0 || rest.endsWith("Z");
    }

    private static LocalDateTime parseDateTime(String text) throws SQLException {
        if (hasOffset(text)) {
            OffsetDateTime dateTime = parse(text.strip().replace(' ', 'T'), "TIMESTAMP", OffsetDateTime::parse);
            return LocalDateTime.ofInstant(dateTime.toInstant(), ZoneOffset.UTC);
        } else if (isDateOnly(text)) {
            return parse(text, "TIMESTAMP", LocalDate::parse).atStartOfDay();
        }
        return parse(text.strip().replace(' ', 'T'), "TIMESTAMP", LocalDateTime::parse);
    }

    private interface Parser<T> {
        T parse(String text);
    }

    private static <T> T parse(String text, String target, Parser<T> parser) throws SQLException {
        try {
            return parser.parse(text.strip());
        } catch (DateTimeException e) {
            throw SqlErrors.of(ErrorCode.INVALID_DATETIME, "text is no " + target + ": " + text, e);
        }
    }

    /** A date in a zone, as the classes of java.sql hold it: the instant of its midnight. */
    static Date sqlDate(LocalDate date, ZoneId zone) {
        return new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    /** A time in a zone, on the first day of 1970, with milliseconds: more does not fit the class. */
    static Time sqlTime(LocalTime time, ZoneId zone) {
        return new Time(EPOCH.atTime(time).atZone(zone).toInstant().toEpochMilli());
    }

    /** A date and time in a zone, with nanoseconds. */
    static Timestamp sqlTimestamp(LocalDateTime dateTime, ZoneId zone) {
        return zone.equals(ZoneId.systemDefault())
                ? Timestamp.valueOf(dateTime)
                : Timestamp.from(dateTime.atZone(zone).toInstant());
    }
}
