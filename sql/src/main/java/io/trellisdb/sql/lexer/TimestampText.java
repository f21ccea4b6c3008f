package io.trellisdb.sql.lexer;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A timestamp read from {@code yyyy-MM-dd}, perhaps with {@code HH:mm}, {@code :ss} and a fraction.
 *
 * @param seconds since the epoch, in UTC
 * @param digits how many digits of the fraction count
 */
record TimestampText(long seconds, int nanos, int digits) {
    static final int DATE_LENGTH = 10;

    private static final int MINUTES_LENGTH = 16;
    private static final int SECONDS_LENGTH = 19;
    private static final int FRACTION_DIGITS = 9;
    private static final long SECONDS_PER_DAY = 86_400;

    /** Null when the text has another form. */
    static @Nullable TimestampText read(String text) {
        LocalDate date = text.length() >= DATE_LENGTH ? date(text) : null;
        if (date == null) {
            return null;
        }
        long day = date.toEpochDay() * SECONDS_PER_DAY;
        if (text.length() == DATE_LENGTH) {
            return new TimestampText(day, 0, 0);
        }
        char separator = text.charAt(DATE_LENGTH);
        if (separator != ' ' && separator != 'T' || text.length() < MINUTES_LENGTH || text.charAt(13) != ':') {
            return null;
        }
        int hours = number(text, 11, 13, 23);
        int minutes = number(text, 14, MINUTES_LENGTH, 59);
        int seconds = 0;
        if (text.length() > MINUTES_LENGTH) {
            if (text.length() < SECONDS_LENGTH || text.charAt(MINUTES_LENGTH) != ':') {
                return null;
            }
            seconds = number(text, 17, SECONDS_LENGTH, 59);
        }
        if (hours < 0 || minutes < 0 || seconds < 0) {
            return null;
        }
        long whole = day + hours * 3600L + minutes * 60L + seconds;
        return text.length() > SECONDS_LENGTH ? fraction(text, whole) : new TimestampText(whole, 0, 0);
    }

    private static @Nullable TimestampText fraction(String text, long seconds) {
        int length = text.length() - SECONDS_LENGTH - 1;
        if (text.charAt(SECONDS_LENGTH) != '.' || length < 1 || length > FRACTION_DIGITS) {
            return null;
        }
        int value = number(text, SECONDS_LENGTH + 1, text.length(), Integer.MAX_VALUE);
        if (value < 0) {
            return null;
        }
        int digits = length;
        while (digits > 0 && text.charAt(SECONDS_LENGTH + digits) == '0') {
            digits--;
        }
        int nanos = value;
        for (int i = length; i < FRACTION_DIGITS; i++) {
            nanos *= 10;
        }
        return new TimestampText(seconds, nanos, digits);
    }

    /** The date in the first ten characters, or null. */
    static @Nullable LocalDate date(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        int year = number(text, 0, 4, 9999);
        int month = number(text, 5, 7, 12);
        int day = number(text, 8, DATE_LENGTH, 31);
        if (year < 0 || month < 1 || day < 1) {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The digits as a number up to {@code max}, or -1. */
    private static int number(String text, int from, int to, int max) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value <= max ? value : -1;
    }
}
