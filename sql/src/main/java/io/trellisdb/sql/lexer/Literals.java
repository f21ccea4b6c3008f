package io.trellisdb.sql.lexer;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.IntVectorBuilder;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Literals as values. A cell is the token of a literal, or its complement when a minus stands before it. */
final class Literals {
    /** Integers of up to so many digits fit a long. */
    private static final int LONG_DIGITS = 18;

    private static final int UUID_LENGTH = 36;

    private Literals() {}

    /** A literal's value in the type that it has by itself. */
    record Natural(Object value, DataType type) {}

    /**
     * The token of the literal that begins at {@code token}: a number, perhaps behind a minus, a string, a string behind
     * TIMESTAMP or DATE, binary, TRUE, FALSE or NULL; -1 when none does.
     */
    static int literalAt(Tokens tokens, int token) {
        if (token >= tokens.count()) {
            return -1;
        }
        return switch (tokens.kind(token)) {
            case INTEGER, DECIMAL, DOUBLE, STRING, BINARY -> token;
            case SYMBOL -> tokens.isSymbol(token, '-') && isNumber(tokens, token + 1) ? token + 1 : -1;
            case WORD -> {
                if (tokens.isWord(token, "null") || tokens.isWord(token, "true") || tokens.isWord(token, "false")) {
                    yield token;
                }
                boolean isTyped = (tokens.isWord(token, "timestamp") || tokens.isWord(token, "date"))
                        && token + 1 < tokens.count()
                        && tokens.kind(token + 1) == Tokens.Kind.STRING;
                yield isTyped ? token + 1 : -1;
            }
            default -> -1;
        };
    }

    private static boolean isNumber(Tokens tokens, int token) {
        return token < tokens.count()
                && switch (tokens.kind(token)) {
                    case INTEGER, DECIMAL, DOUBLE -> true;
                    default -> false;
                };
    }

    /**
     * Appends a cell to a column.
     *
     * @param assignment whether digits after the point may be rounded away
     * @return false, and nothing appended, when the literal does not simply belong to the type
     */
    static boolean append(VectorBuilder out, Tokens tokens, int cell, DataType type, boolean assignment) {
        boolean negative = cell < 0;
        int token = negative ? ~cell : cell;
        return switch (tokens.kind(token)) {
            case WORD -> appendWord(out, tokens, token, type);
            case INTEGER, DECIMAL, DOUBLE -> appendNumber(out, tokens, token, negative, type, assignment);
            case STRING -> appendString(out, tokens, token, type, assignment);
            case BINARY -> appendBinary(out, tokens, token, type);
            default -> false;
        };
    }

    /** The value in its own type, for conversions that are not done here; null for typed literals and NULL. */
    static @Nullable Natural natural(Tokens tokens, int cell) {
        int token = cell < 0 ? ~cell : cell;
        return switch (tokens.kind(token)) {
            case WORD ->
                tokens.isWord(token, "null") ? null : new Natural(tokens.isWord(token, "true"), DataType.BOOLEAN);
            case INTEGER -> integer(signed(tokens.text(token), cell < 0));
            case DECIMAL -> decimal(signed(tokens.text(token), cell < 0));
            case DOUBLE -> new Natural(Double.valueOf(signed(tokens.text(token), cell < 0)), DataType.DOUBLE);
            case STRING ->
                typeWord(tokens, token).isEmpty() ? new Natural(tokens.string(token), DataType.VARCHAR) : null;
            default -> null;
        };
    }

    private static @Nullable Natural integer(String text) {
        return text.length() <= LONG_DIGITS ? new Natural(Long.valueOf(text), DataType.BIGINT) : decimal(text);
    }

    private static @Nullable Natural decimal(String text) {
        BigDecimal value = new BigDecimal(text);
        int scale = Math.max(0, value.scale());
        int precision = Math.max(Math.max(value.precision(), scale), 1);
        return precision > DataType.MAX_DECIMAL_PRECISION
                ? null
                : new Natural(value, DataType.decimal(precision, scale));
    }

    private static String signed(String text, boolean negative) {
        return negative ? "-" + text : text;
    }

    private static boolean appendWord(VectorBuilder out, Tokens tokens, int token, DataType type) {
        if (tokens.isWord(token, "null")) {
            out.appendNull();
            return true;
        }
        if (type.kind() != TypeKind.BOOLEAN) {
            return false;
        }
        ((IntVectorBuilder) out).appendInt(tokens.isWord(token, "true") ? 1 : 0);
        return true;
    }

    private static boolean appendNumber(
            VectorBuilder out, Tokens tokens, int token, boolean negative, DataType type, boolean assignment) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> appendInteger(out, tokens, token, negative, type);
            case DOUBLE -> {
                double value = Double.parseDouble(tokens.text(token));
                ((DoubleVectorBuilder) out).appendDouble(negative ? -value : value);
                yield true;
            }
            case REAL -> appendReal(out, signed(tokens.text(token), negative), assignment);
            case DECIMAL ->
                tokens.kind(token) != Tokens.Kind.DOUBLE
                        && appendDecimal(out, signed(tokens.text(token), negative), type, assignment);
            default -> false;
        };
    }

    private static boolean appendInteger(VectorBuilder out, Tokens tokens, int token, boolean negative, DataType type) {
        boolean isShort = tokens.end(token) - tokens.start(token) <= LONG_DIGITS;
        if (tokens.kind(token) != Tokens.Kind.INTEGER || !isShort) {
            return false;
        }
        long digits = Long.parseLong(tokens.text(token));
        long value = negative ? -digits : digits;
        if (!ValueRanges.fits(type, value)) {
            return false;
        }
        if (type.kind() == TypeKind.BIGINT) {
            ((LongVectorBuilder) out).appendLong(value);
        } else {
            ((IntVectorBuilder) out).appendInt((int) value);
        }
        return true;
    }

    private static boolean appendReal(VectorBuilder out, String text, boolean assignment) {
        double value = Double.parseDouble(text);
        float narrow = (float) value;
        boolean allowed = assignment ? Float.isFinite(narrow) : narrow == value;
        if (allowed) {
            ((DoubleVectorBuilder) out).appendDouble(narrow);
        }
        return allowed;
    }

    private static boolean appendDecimal(VectorBuilder out, String text, DataType type, boolean assignment) {
        BigDecimal value = new BigDecimal(text);
        if (value.scale() > type.scale()) {
            if (!assignment) {
                return false;
            }
            value = value.setScale(type.scale(), RoundingMode.HALF_UP);
        }
        if (value.precision() - value.scale() > type.precision() - type.scale() && value.signum() != 0) {
            return false;
        }
        out.append(value);
        return true;
    }

    private static boolean appendString(
            VectorBuilder out, Tokens tokens, int token, DataType type, boolean assignment) {
        String typeWord = typeWord(tokens, token);
        String value = tokens.string(token);
        return switch (type.kind()) {
            case CHAR, VARCHAR, TEXT -> {
                boolean fits = type.precision() == 0 || value.codePointCount(0, value.length()) <= type.precision();
                if (!typeWord.isEmpty() || !fits && !assignment) {
                    yield false;
                }
                ((BytesVectorBuilder) out).appendString(value);
                yield true;
            }
            case TIMESTAMP -> !typeWord.equals("date") && appendTimestamp(out, value, type, assignment);
            case DATE -> !typeWord.equals("timestamp") && appendDate(out, value);
            case UUID -> {
                UUID uuid = typeWord.isEmpty() ? uuid(value) : null;
                if (uuid != null) {
                    out.append(uuid);
                }
                yield uuid != null;
            }
            default -> false;
        };
    }

    /** The word before a string that gives it a type, in lower case, or an empty string. */
    private static String typeWord(Tokens tokens, int token) {
        if (tokens.isWord(token - 1, "timestamp")) {
            return "timestamp";
        }
        return tokens.isWord(token - 1, "date") ? "date" : "";
    }

    private static boolean appendTimestamp(VectorBuilder out, String text, DataType type, boolean assignment) {
        TimestampText read = TimestampText.read(text);
        if (read == null || read.digits() > type.precision() && !assignment) {
            return false;
        }
        try {
            ((LongVectorBuilder) out).appendLong(Boxing.timestamp(read.seconds(), read.nanos(), type.precision()));
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static boolean appendDate(VectorBuilder out, String text) {
        LocalDate date = text.length() == TimestampText.DATE_LENGTH ? TimestampText.date(text) : null;
        if (date == null) {
            return false;
        }
        ((IntVectorBuilder) out).appendInt((int) date.toEpochDay());
        return true;
    }

    private static @Nullable UUID uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return null;
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equalsIgnoreCase(text) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean appendBinary(VectorBuilder out, Tokens tokens, int token, DataType type) {
        if (type.kind() != TypeKind.VARBINARY && type.kind() != TypeKind.BLOB) {
            return false;
        }
        String hex = tokens.string(token);
        byte[] value;
        try {
            value = HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (type.precision() > 0 && value.length > type.precision()) {
            return false;
        }
        ((BytesVectorBuilder) out).appendBinary(value);
        return true;
    }
}
