package io.trellisdb.sql.kernel;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A date, time or timestamp read from text: {@code 2024-02-29}, {@code 12:30[:15[.123456789]]}, both with a blank or T between,
 * and a zone behind ({@code Z}, {@code +01[:30]}). A timestamp without zone that is given one is taken to UTC.
 *
 * @param day days since 1970
 * @param nanos of the day
 * @param offsetSeconds the zone's offset, or null when none is written
 */
record MomentText(long day, long nanos, @Nullable Integer offsetSeconds) {

    static MomentText parse(String text, DataType to) {
        return new Reader(text, to).moment();
    }

    static long parseTime(String text, DataType to) {
        return TimeCasts.roundTime(new Reader(text, to).onlyTime(), to);
    }

    long day(DataType type) {
        if (day != (int) day) {
            throw Times.overflow(type, day + " days since 1970");
        }
        return day;
    }

    /** As a timestamp of the type; without a written zone, an instant is read in the session's. */
    long timestamp(DataType type, ZoneId zone) {
        long seconds = day * Times.SECONDS_PER_DAY + nanos / Times.NANOS_PER_SECOND;
        int fraction = (int) (nanos % Times.NANOS_PER_SECOND);
        if (offsetSeconds != null) {
            return Times.of(seconds - offsetSeconds, fraction, type.precision());
        }
        long value = Times.of(seconds, fraction, type.precision());
        return type.kind() == TypeKind.TIMESTAMP_LTZ ? Times.toInstant(value, type.precision(), zone) : value;
    }

    /** Reads one text; every method fails with the whole text. */
    private static final class Reader {
        private final String text;
        private final DataType type;
        private final String rest;
        private int at;

        Reader(String text, DataType type) {
            this.text = text;
            this.type = type;
            this.rest = text.strip();
        }

        MomentText moment() {
            boolean negative = accept('-');
            int start = at;
            long year = digits(4, 9);
            if (at - start > 4 && !negative && rest.charAt(start) == '0') {
                throw invalid();
            }
            expect('-');
            int month = (int) digits(1, 2);
            expect('-');
            int dayOfMonth = (int) digits(1, 2);
            long date;
            try {
                date = LocalDate.of((int) (negative ? -year : year), month, dayOfMonth)
                        .toEpochDay();
            } catch (DateTimeException e) {
                throw invalid();
            }
            if (at == rest.length()) {
                return new MomentText(date, 0, null);
            }
            if (!accept('T') && !accept('t')) {
                expect(' ');
                skipBlanks();
            }
            long nanosOfDay = time();
            Integer offset = offset();
            if (at != rest.length()) {
                throw invalid();
            }
            // 24:00:00 is the next day's beginning
            return new MomentText(date + nanosOfDay / Times.NANOS_PER_DAY, nanosOfDay % Times.NANOS_PER_DAY, offset);
        }

        long onlyTime() {
            long nanosOfDay = time();
            if (at != rest.length() || nanosOfDay == Times.NANOS_PER_DAY) {
                throw invalid();
            }
            return nanosOfDay;
        }

        private long time() {
            long hour = digits(1, 2);
            expect(':');
            long minute = digits(2, 2);
            long second = 0;
            long fraction = 0;
            if (accept(':')) {
                second = digits(2, 2);
                if (accept('.')) {
                    fraction = fraction();
                }
            }
            boolean endOfDay = hour == 24 && minute == 0 && second == 0 && fraction == 0;
            if (hour > 23 && !endOfDay || minute > 59 || second > 59) {
                throw invalid();
            }
            return ((hour * 60 + minute) * 60 + second) * Times.NANOS_PER_SECOND + fraction;
        }

        /** Up to nine digits; further ones round half up to the ninth. */
        private long fraction() {
            long value = 0;
            int count = 0;
            boolean up = false;
            while (at < rest.length() && Character.digit(rest.charAt(at), 10) >= 0 && rest.charAt(at) < 128) {
                int digit = rest.charAt(at++) - '0';
                if (count < 9) {
                    value = value * 10 + digit;
                } else if (count == 9) {
                    up = digit >= 5;
                }
                count++;
            }
            if (count == 0) {
                throw invalid();
            }
            for (int i = count; i < 9; i++) {
                value *= 10;
            }
            return up ? value + 1 : value;
        }

        private @Nullable Integer offset() {
            skipBlanks();
            if (at == rest.length()) {
                return null;
            }
            if (accept('Z') || accept('z')) {
                return 0;
            }
            if (rest.startsWith("UTC", at)) {
                at += 3;
                return 0;
            }
            boolean negative = accept('-');
            if (!negative) {
                expect('+');
            }
            int hours = (int) digits(2, 2);
            int minutes = 0;
            if (at < rest.length()) {
                accept(':');
                minutes = (int) digits(2, 2);
            }
            if (hours > 18 || minutes > 59) {
                throw invalid();
            }
            int seconds = (hours * 60 + minutes) * 60;
            return negative ? -seconds : seconds;
        }

        private long digits(int least, int most) {
            long value = 0;
            int count = 0;
            while (at < rest.length() && rest.charAt(at) >= '0' && rest.charAt(at) <= '9') {
                value = value * 10 + rest.charAt(at++) - '0';
                if (++count > most) {
                    throw invalid();
                }
            }
            if (count < least) {
                throw invalid();
            }
            return value;
        }

        private boolean accept(char expected) {
            if (at < rest.length() && rest.charAt(at) == expected) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char expected) {
            if (!accept(expected)) {
                throw invalid();
            }
        }

        private void skipBlanks() {
            while (accept(' ')) {
                // passed over
            }
        }

        private io.trellisdb.common.error.TrellisException invalid() {
            return TextCasts.invalid(type, text);
        }
    }
}
