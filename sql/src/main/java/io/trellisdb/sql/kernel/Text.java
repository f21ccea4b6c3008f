package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.type.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.UUID;

/** The string form of a value that is not NULL. */
@FunctionalInterface
interface Text {
    String at(Operand a, int row);

    /** The string form that casts to VARCHAR give. */
    static Text of(DataType type, EvaluationContext context) {
        return switch (type.kind()) {
            case NULL -> (a, row) -> "";
            case BOOLEAN -> (a, row) -> a.bool(row) ? "true" : "false";
            case TINYINT, SMALLINT, INTEGER, BIGINT -> (a, row) -> Long.toString(a.integer(row));
            case REAL -> (a, row) -> number(Float.toString((float) a.real(row)));
            case DOUBLE -> (a, row) -> number(Double.toString(a.real(row)));
            case DECIMAL -> (a, row) -> a.decimal(row).toPlainString();
            case CHAR, VARCHAR, TEXT -> (a, row) -> a.string(row);
            case BINARY, VARBINARY, BLOB ->
                (a, row) -> "\\x" + HexFormat.of().formatHex(a.bytes(), a.start(row), a.end(row));
            case DATE -> (a, row) -> LocalDate.ofEpochDay(a.integer(row)).toString();
            case TIME -> (a, row) -> time(a.integer(row));
            case TIMESTAMP -> (a, row) -> timestamp(a.integer(row), type.precision());
            case TIMESTAMP_LTZ -> (a, row) -> instant(a.integer(row), type.precision(), context.zone());
            case INTERVAL_MONTH -> (a, row) -> months(a.integer(row));
            case INTERVAL_NANO -> (a, row) -> interval(a.integer(row));
            case UUID -> (a, row) -> new UUID(a.high(row), a.low(row)).toString();
            case ARRAY -> array(type, context);
        };
    }

    /** A float's shortest digits without an exponent where that stays short, as PostgreSQL prints it. */
    private static String number(String shortest) {
        char last = shortest.charAt(shortest.length() - 1);
        if (last == 'N' || last == 'y') {
            return shortest;
        }
        BigDecimal value = new BigDecimal(shortest);
        if (value.signum() == 0) {
            return shortest.startsWith("-") ? "-0" : "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= -5 && exponent < 15) {
            return stripped.toPlainString();
        }
        String digits = stripped.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String power = (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return (stripped.signum() < 0 ? "-" : "") + mantissa + power;
    }

    private static void pad(StringBuilder out, long value, int width) {
        String digits = Long.toString(value);
        out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }

    private static void fraction(StringBuilder out, long nanos) {
        if (nanos == 0) {
            return;
        }
        out.append('.');
        pad(out, nanos, 9);
        while (out.charAt(out.length() - 1) == '0') {
            out.setLength(out.length() - 1);
        }
    }

    static String time(long nanosOfDay) {
        StringBuilder out = new StringBuilder(18);
        long seconds = nanosOfDay / Times.NANOS_PER_SECOND;
        pad(out, seconds / 3600, 2);
        out.append(':');
        pad(out, seconds / 60 % 60, 2);
        out.append(':');
        pad(out, seconds % 60, 2);
        fraction(out, nanosOfDay % Times.NANOS_PER_SECOND);
        return out.toString();
    }

    static String timestamp(long value, int precision) {
        long day = Math.floorDiv(value, Times.unitsPerDay(precision));
        long rest = Math.floorMod(value, Times.unitsPerDay(precision));
        return LocalDate.ofEpochDay(day) + " " + time(rest * Times.nanosPerUnit(precision));
    }

    private static String instant(long value, int precision, ZoneId zone) {
        long local = Times.toLocal(value, precision, zone);
        long offset = (local - value) / Times.unitsPerSecond(precision);
        StringBuilder out = new StringBuilder(timestamp(local, precision));
        out.append(offset < 0 ? '-' : '+');
        long absolute = Math.abs(offset);
        pad(out, absolute / 3600, 2);
        if (absolute % 3600 != 0) {
            out.append(':');
            pad(out, absolute / 60 % 60, 2);
        }
        return out.toString();
    }

    /** Years and months as {@code 1-02}. */
    private static String months(long months) {
        StringBuilder out = new StringBuilder(months < 0 ? "-" : "");
        out.append(Math.abs(months) / 12).append('-');
        pad(out, Math.abs(months) % 12, 2);
        return out.toString();
    }

    /** Days and time as {@code 1 02:03:04.5}. */
    private static String interval(long nanos) {
        StringBuilder out = new StringBuilder(nanos < 0 ? "-" : "");
        long days = Math.abs(nanos / Times.NANOS_PER_DAY);
        long rest = Math.abs(nanos % Times.NANOS_PER_DAY);
        return out.append(days).append(' ').append(time(rest)).toString();
    }

    private static Text array(DataType type, EvaluationContext context) {
        Text element = of(type.elementType(), context);
        boolean quoted = type.elementType().kind().isString();
        return (a, row) -> {
            ArrayVector array = (ArrayVector) a.vector();
            Operand elements = Operand.of(array.elements());
            StringBuilder out = new StringBuilder("{");
            int index = a.index(row);
            for (int i = array.offsets()[index]; i < array.offsets()[index + 1]; i++) {
                out.append(out.length() == 1 ? "" : ",");
                if (elements.isNull(i)) {
                    out.append("NULL");
                } else if (quoted) {
                    String text = element.at(elements, i).replace("\\", "\\\\").replace("\"", "\\\"");
                    out.append('"').append(text).append('"');
                } else {
                    out.append(element.at(elements, i));
                }
            }
            return out.append('}').toString();
        };
    }
}
