package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** TO_CHAR over dates and timestamps: the common ones of PostgreSQL's patterns; other letters are refused. */
final class TimeFormat {
    /** Longer patterns before those that they begin with. */
    private static final List<String> PATTERNS = List.of(
            "HH24", "HH12", "YYYY", "MONTH", "Month", "month", "IYYY", "DDD", "MON", "Mon", "mon", "DAY", "Day", "day",
            "DY", "Dy", "dy", "YY", "MM", "DD", "HH", "MI", "SS", "MS", "US", "NS", "AM", "PM", "am", "pm", "IW", "ID",
            "D", "Q");

    private TimeFormat() {}

    static @Nullable Kernel toChar(KernelRequest request) {
        DataType type = request.type(0);
        if (!TimeCasts.isMoment(type)) {
            return null;
        }
        return Kernels.strings(request.result(), (a, row) -> {
            long value = a[0].integer(row);
            if (type.kind() == TypeKind.DATE) {
                return format(a[1].string(row), value, 0);
            }
            long local = type.kind() == TypeKind.TIMESTAMP_LTZ
                    ? Times.toLocal(value, type.precision(), request.context().zone())
                    : value;
            return format(
                    a[1].string(row),
                    Math.floorDiv(local, Times.unitsPerDay(type.precision())),
                    TimeCasts.nanosOfDay(local, type.precision()));
        });
    }

    private static String format(String pattern, long day, long nanosOfDay) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '"') {
                int end = pattern.indexOf('"', at + 1);
                end = end < 0 ? pattern.length() : end;
                out.append(pattern, at + 1, end);
                at = Math.min(pattern.length(), end + 1);
                continue;
            }
            if (!Character.isLetter(c)) {
                out.append(c);
                at++;
                continue;
            }
            String found = find(pattern, at);
            out.append(field(found, day, nanosOfDay));
            at += found.length();
        }
        return out.toString();
    }

    private static String find(String pattern, int at) {
        for (String candidate : PATTERNS) {
            boolean caseMatters = Character.isLetter(candidate.charAt(0))
                    && (candidate.equalsIgnoreCase("MONTH")
                            || candidate.equalsIgnoreCase("MON")
                            || candidate.equalsIgnoreCase("DAY")
                            || candidate.equalsIgnoreCase("DY")
                            || candidate.equalsIgnoreCase("AM")
                            || candidate.equalsIgnoreCase("PM"));
            if (pattern.regionMatches(!caseMatters, at, candidate, 0, candidate.length())) {
                return candidate;
            }
        }
        throw new TrellisException(
                ErrorCode.NOT_SUPPORTED, "TO_CHAR does not know this pattern: " + pattern.substring(at));
    }

    private static String field(String pattern, long day, long nanosOfDay) {
        LocalDate date = LocalDate.ofEpochDay(day);
        long second = nanosOfDay / Times.NANOS_PER_SECOND;
        long fraction = nanosOfDay % Times.NANOS_PER_SECOND;
        long hour = second / 3600;
        return switch (pattern) {
            case "YYYY" -> digits(date.getYear(), 4);
            case "YY" -> digits(Math.floorMod(date.getYear(), 100), 2);
            case "IYYY" -> digits(TimeFields.dateField("ISOYEAR", day), 4);
            case "MM" -> digits(date.getMonthValue(), 2);
            case "MONTH", "Month", "month" ->
                cased(pattern, date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), 9);
            case "MON", "Mon", "mon" ->
                cased(
                        pattern,
                        date.getMonth()
                                .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                                .substring(0, 3),
                        0);
            case "DAY", "Day", "day" ->
                cased(pattern, date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), 9);
            case "DY", "Dy", "dy" ->
                cased(
                        pattern,
                        date.getDayOfWeek()
                                .getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                                .substring(0, 3),
                        0);
            case "DD" -> digits(date.getDayOfMonth(), 2);
            case "DDD" -> digits(date.getDayOfYear(), 3);
            case "D" -> digits(TimeFields.dateField("DOW", day) + 1, 1);
            case "ID" -> digits(TimeFields.dateField("ISODOW", day), 1);
            case "IW" -> digits(TimeFields.dateField("WEEK", day), 2);
            case "Q" -> digits(TimeFields.dateField("QUARTER", day), 1);
            case "HH24" -> digits(hour, 2);
            case "HH", "HH12" -> digits((hour + 11) % 12 + 1, 2);
            case "MI" -> digits(second / 60 % 60, 2);
            case "SS" -> digits(second % 60, 2);
            case "MS" -> digits(fraction / 1_000_000, 3);
            case "US" -> digits(fraction / 1_000, 6);
            case "NS" -> digits(fraction, 9);
            case "AM", "PM" -> hour < 12 ? "AM" : "PM";
            default -> hour < 12 ? "am" : "pm";
        };
    }

    private static String digits(long value, int width) {
        String digits = Long.toString(Math.abs(value));
        return (value < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    /** PostgreSQL pads full names with blanks. */
    private static String cased(String pattern, String name, int width) {
        String padded = name + " ".repeat(Math.max(0, width - name.length()));
        if (Character.isLowerCase(pattern.charAt(0))) {
            return padded.toLowerCase(Locale.ROOT);
        }
        return Character.isUpperCase(pattern.charAt(1)) ? padded.toUpperCase(Locale.ROOT) : padded;
    }
}
