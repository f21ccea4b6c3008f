package io.trellisdb.jdbc.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as people read them, in PostgreSQL's spelling: fractions of seconds without trailing zeros, binary as {@code \x…}. */
final class ValueText {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private ValueText() {}

    static String of(Object value, ZoneId zone) {
        if (value instanceof String text) {
            return text;
        } else if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        } else if (value instanceof LocalDateTime dateTime) {
            return dateTime.toLocalDate() + " " + time(dateTime.toLocalTime());
        } else if (value instanceof LocalTime time) {
            return time(time);
        } else if (value instanceof Instant instant) {
            LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
            return of(local, zone) + offset(zone.getRules().getOffset(instant));
        } else if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        } else if (value instanceof Period period) {
            return months(period.toTotalMonths());
        } else if (value instanceof Duration duration) {
            return duration(duration);
        } else if (value instanceof List<?> list) {
            return array(list, zone);
        }
        return value.toString();
    }

    private static String time(LocalTime time) {
        String whole = String.format(Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        return whole + fraction(time.getNano());
    }

    private static String fraction(int nanos) {
        if (nanos == 0) {
            return "";
        }
        String digits = String.format(Locale.ROOT, "%09d", nanos);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return "." + digits.substring(0, end);
    }

    private static String offset(ZoneOffset offset) {
        String id = offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId();
        return id.endsWith(":00") ? id.substring(0, id.length() - 3) : id;
    }

    /** SQL's form of INTERVAL YEAR TO MONTH: {@code 1-02}. */
    private static String months(long months) {
        long absolute = Math.abs(months);
        return String.format(Locale.ROOT, "%s%d-%02d", months < 0 ? "-" : "", absolute / 12, absolute % 12);
    }

    /** SQL's form of INTERVAL DAY TO SECOND: {@code 1 02:03:04.5}. */
    private static String duration(Duration duration) {
        Duration absolute = duration.abs();
        return String.format(
                        Locale.ROOT,
                        "%s%d %02d:%02d:%02d",
                        duration.isNegative() ? "-" : "",
                        absolute.toDays(),
                        absolute.toHoursPart(),
                        absolute.toMinutesPart(),
                        absolute.toSecondsPart())
                + fraction((int) (absolute.toNanosPart() % NANOS_PER_SECOND));
    }

    private static String array(List<?> list, ZoneId zone) {
        StringBuilder text = new StringBuilder("{");
        for (Object element : list) {
            text.append(text.length() == 1 ? "" : ",").append(element(element, zone));
        }
        return text.append('}').toString();
    }

    private static String element(@Nullable Object element, ZoneId zone) {
        if (element == null) {
            return "NULL";
        }
        String text = of(element, zone);
        boolean isPlain = !text.isEmpty()
                && !text.equalsIgnoreCase("null")
                && text.chars().noneMatch(c -> c == ',' || c == '{' || c == '}' || c == '"' || c == '\\' || c <= ' ');
        return isPlain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
