package io.trellisdb.cli.load;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** What the text of a CSV field means for a column. */
final class ValueText {
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[ ]['T'][HH:mm[:ss]]")
            .appendOptional(new DateTimeFormatterBuilder()
                    .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .toFormatter(Locale.ROOT))
            .parseDefaulting(java.time.temporal.ChronoField.HOUR_OF_DAY, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private ValueText() {}

    /**
     * The value as JDBC takes it for the column.
     *
     * @throws IllegalArgumentException or {@link DateTimeException} if the text is no such value
     * @throws LoadException if values of the column's type cannot be written as text
     */
    static Object parse(String text, TableColumn column) {
        return switch (column.jdbcType()) {
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB, Types.NVARCHAR -> text;
            case Types.BOOLEAN, Types.BIT -> parseBoolean(text.strip());
            case Types.TINYINT -> (int) Byte.parseByte(text.strip());
            case Types.SMALLINT -> (int) Short.parseShort(text.strip());
            case Types.INTEGER -> Integer.parseInt(text.strip());
            case Types.BIGINT -> Long.parseLong(text.strip());
            case Types.REAL -> Float.parseFloat(number(text));
            case Types.DOUBLE, Types.FLOAT -> Double.parseDouble(number(text));
            case Types.DECIMAL, Types.NUMERIC -> new BigDecimal(text.strip());
            case Types.DATE -> LocalDate.parse(text.strip());
            case Types.TIME -> LocalTime.parse(text.strip());
            case Types.TIMESTAMP -> parseDateTime(text.strip());
            case Types.TIMESTAMP_WITH_TIMEZONE ->
                OffsetDateTime.parse(text.strip().replaceFirst(" ", "T"));
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                HexFormat.of().parseHex(text.strip());
            default -> parseNamed(text.strip(), column);
        };
    }

    private static Object parseNamed(String text, TableColumn column) {
        if (column.typeName().equalsIgnoreCase("UUID")) {
            return UUID.fromString(text);
        }
        throw new LoadException("column cannot be loaded from text: " + column.name() + " " + column.typeName());
    }

    private static boolean parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Java's own suffixes and hexadecimal forms are no numbers in a CSV file. */
    private static String number(String text) {
        String stripped = text.strip();
        char last = stripped.isEmpty() ? ' ' : stripped.charAt(stripped.length() - 1);
        if (last == 'd' || last == 'D' || last == 'f' || last == 'F' || stripped.contains("x")) {
            throw new IllegalArgumentException(text);
        }
        return stripped;
    }

    /** Date and time with a blank or a T between them; the time, the seconds or their fraction may be absent. */
    static LocalDateTime parseDateTime(String text) {
        return LocalDateTime.parse(text, DATE_TIME);
    }
}
