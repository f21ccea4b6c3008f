package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals from text: the standard's {@code 1-6} and {@code 1 02:03:04.5}, ISO 8601 ({@code P1Y6M}, {@code P1DT2H}) and
 * words ({@code 1 day 2 hours}).
 */
final class IntervalText {
    /** Possessive or fixed in width, so that matching takes linear time. */
    private static final Pattern YEARS_MONTHS = Pattern.compile("([+-]?)(\\d{1,9})-(\\d{1,2})");

    private static final Pattern DAYS_TIME =
            Pattern.compile("([+-]?)(?:(\\d{1,9}) )?(\\d{1,9}):(\\d{2})(?::(\\d{2}(?:\\.\\d{1,9})?))?");
    private static final Pattern WORD = Pattern.compile("([+-]?\\d{1,18}(?:\\.\\d{1,9})?)\\s?([a-z]++)\\s*+");

    private IntervalText() {}

    static long months(String text) {
        String word = text.strip();
        Matcher matcher = YEARS_MONTHS.matcher(word);
        try {
            if (matcher.matches() && Integer.parseInt(matcher.group(3)) < 12) {
                long months = Long.parseLong(matcher.group(2)) * 12 + Long.parseLong(matcher.group(3));
                return matcher.group(1).equals("-") ? -months : months;
            }
            if (word.startsWith("P") || word.startsWith("-P")) {
                return Boxing.unboxLong(DataType.INTERVAL_MONTH, Period.parse(word));
            }
        } catch (DateTimeParseException e) {
            throw TextCasts.invalid(DataType.INTERVAL_MONTH, text);
        }
        BigDecimal months = words(text, DataType.INTERVAL_MONTH);
        return whole(months, text);
    }

    static long nanos(String text) {
        String word = text.strip();
        try {
            if (word.startsWith("P") || word.startsWith("-P")) {
                return Boxing.unboxLong(DataType.INTERVAL_NANO, Duration.parse(word));
            }
        } catch (DateTimeParseException e) {
            throw TextCasts.invalid(DataType.INTERVAL_NANO, text);
        }
        Matcher matcher = DAYS_TIME.matcher(word);
        if (matcher.matches()) {
            BigDecimal seconds = new BigDecimal(matcher.group(3))
                    .multiply(BigDecimal.valueOf(3600))
                    .add(new BigDecimal(matcher.group(4)).multiply(BigDecimal.valueOf(60)));
            if (matcher.group(2) != null) {
                seconds = seconds.add(
                        new BigDecimal(matcher.group(2)).multiply(BigDecimal.valueOf(Times.SECONDS_PER_DAY)));
            }
            if (matcher.group(5) != null) {
                seconds = seconds.add(new BigDecimal(matcher.group(5)));
            }
            BigDecimal signed = matcher.group(1).equals("-") ? seconds.negate() : seconds;
            return whole(signed.movePointRight(9), text);
        }
        return whole(words(text, DataType.INTERVAL_NANO), text);
    }

    private static long whole(BigDecimal value, String text) {
        try {
            return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            throw new TrellisException(ErrorCode.DATETIME_OVERFLOW, "interval is out of range: '" + text + "'", e);
        }
    }

    private static BigDecimal words(String text, DataType type) {
        String rest = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = WORD.matcher(rest);
        BigDecimal total = BigDecimal.ZERO;
        int at = 0;
        while (at < rest.length()) {
            if (!matcher.region(at, rest.length()).lookingAt()) {
                throw TextCasts.invalid(type, text);
            }
            total = total.add(new BigDecimal(matcher.group(1)).multiply(unit(matcher.group(2), type, text)));
            at = matcher.end();
        }
        if (rest.isEmpty()) {
            throw TextCasts.invalid(type, text);
        }
        return total;
    }

    private static BigDecimal unit(String word, DataType type, String text) {
        String singular = word.length() > 2 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        long size =
                switch (type.kind()) {
                    case INTERVAL_MONTH ->
                        switch (singular) {
                            case "year", "y" -> 12;
                            case "month", "mon" -> 1;
                            default -> 0;
                        };
                    default ->
                        switch (singular) {
                            case "week", "w" -> 7 * Times.NANOS_PER_DAY;
                            case "day", "d" -> Times.NANOS_PER_DAY;
                            case "hour", "h" -> 3600 * Times.NANOS_PER_SECOND;
                            case "minute", "min", "m" -> 60 * Times.NANOS_PER_SECOND;
                            case "second", "sec", "s" -> Times.NANOS_PER_SECOND;
                            case "millisecond", "ms" -> 1_000_000;
                            case "microsecond", "us" -> 1_000;
                            case "nanosecond", "ns" -> 1;
                            default -> 0;
                        };
                };
        if (size == 0) {
            throw TextCasts.invalid(type, text);
        }
        return BigDecimal.valueOf(size);
    }
}
