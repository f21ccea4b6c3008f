package io.trellisdb.cli.load;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The narrowest type that holds every value of a column seen so far. Starts knowing nothing; a value that does not fit widens
 * it; {@link #sqlName} is the end of it. A number with leading zeros is text: it is a code, and the zeros count.
 */
final class GuessedType {
    private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9][0-9]{0,18})");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?((0|[1-9][0-9]*)(\\.[0-9]+)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
    private static final Pattern DATE_TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[ T].*");

    private enum Kind {
        BOOLEAN,
        INTEGER,
        BIGINT,
        DOUBLE,
        DATE,
        TIME,
        TIMESTAMP,
        UUID,
        VARCHAR,
        UNKNOWN
    }

    private Kind kind = Kind.UNKNOWN;
    private int fractionDigits;

    /** Takes one value into account. */
    void see(String text) {
        if (kind == Kind.VARCHAR) {
            return;
        }
        Kind next = kindOf(text);
        if (kind == Kind.UNKNOWN || next == kind) {
            kind = next;
        } else if (isNumber(kind) && isNumber(next)) {
            kind = kind.compareTo(next) > 0 ? kind : next;
        } else {
            kind = isMoment(kind) && isMoment(next) ? Kind.TIMESTAMP : Kind.VARCHAR;
        }
    }

    private static boolean isNumber(Kind kind) {
        return kind == Kind.INTEGER || kind == Kind.BIGINT || kind == Kind.DOUBLE;
    }

    private static boolean isMoment(Kind kind) {
        return kind == Kind.DATE || kind == Kind.TIMESTAMP;
    }

    private Kind kindOf(String text) {
        if (text.isEmpty()) {
            return Kind.VARCHAR;
        }
        char first = text.charAt(0);
        if (first == 't' || first == 'f' || first == 'T' || first == 'F') {
            boolean isBoolean = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
            return isBoolean ? Kind.BOOLEAN : isUuid(text) ? Kind.UUID : Kind.VARCHAR;
        } else if (INTEGER.matcher(text).matches()) {
            return integerKind(text);
        } else if (NUMBER.matcher(text).matches()) {
            return Kind.DOUBLE;
        } else if (text.length() == 10 && isParsed(() -> LocalDate.parse(text))) {
            return Kind.DATE;
        } else if (DATE_TIME.matcher(text).matches() && isParsed(() -> ValueText.parseDateTime(text))) {
            int point = text.indexOf('.');
            fractionDigits = Math.max(fractionDigits, point < 0 ? 0 : text.length() - point - 1);
            return Kind.TIMESTAMP;
        } else if (text.indexOf(':') == 2 && isParsed(() -> LocalTime.parse(text))) {
            return Kind.TIME;
        }
        return isUuid(text) ? Kind.UUID : Kind.VARCHAR;
    }

    private static Kind integerKind(String text) {
        try {
            long value = Long.parseLong(text);
            return value == (int) value ? Kind.INTEGER : Kind.BIGINT;
        } catch (NumberFormatException e) {
            return Kind.DOUBLE;
        }
    }

    private static boolean isUuid(String text) {
        return text.length() == 36 && isParsed(() -> UUID.fromString(text));
    }

    private static boolean isParsed(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    /** The type as CREATE TABLE takes it; a column without values is text. */
    String sqlName() {
        return switch (kind) {
            case TIMESTAMP -> "TIMESTAMP(" + (fractionDigits <= 3 ? 3 : fractionDigits <= 6 ? 6 : 9) + ")";
            case UNKNOWN -> "VARCHAR";
            default -> kind.name();
        };
    }
}
