package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Casts from strings. Blanks around the value are passed over; anything else that does not belong is an error. */
final class TextCasts {
    /** Longer texts are no numbers, and BigDecimal takes quadratic time. */
    private static final int MAX_NUMBER_LENGTH = 1024;

    private TextCasts() {}

    static @Nullable Kernel find(DataType to, EvaluationContext context) {
        return switch (to.kind()) {
            case BOOLEAN -> Kernels.booleans((a, row) -> bool(a[0].string(row)));
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
                Kernels.any(to, (a, row, out) -> {
                    String text = a[0].string(row).strip();
                    out.append(Decimals.boxed(number(text, to), to, () -> text));
                });
            case REAL, DOUBLE -> Kernels.doubles(to, (a, row) -> real(a[0].string(row), to));
            case BINARY, VARBINARY, BLOB ->
                Kernels.bytes(to, (a, row, out) -> Casts.appendBinary(to, binary(a[0].string(row)), true, out));
            case UUID -> Kernels.any(to, (a, row, out) -> out.append(uuid(a[0].string(row))));
            case DATE ->
                Kernels.longs(
                        to, (a, row) -> MomentText.parse(a[0].string(row), to).day(to));
            case TIME -> Kernels.longs(to, (a, row) -> MomentText.parseTime(a[0].string(row), to));
            case TIMESTAMP, TIMESTAMP_LTZ ->
                Kernels.longs(
                        to, (a, row) -> MomentText.parse(a[0].string(row), to).timestamp(to, context.zone()));
            case INTERVAL_MONTH -> Kernels.longs(to, (a, row) -> IntervalText.months(a[0].string(row)));
            case INTERVAL_NANO -> Kernels.longs(to, (a, row) -> IntervalText.nanos(a[0].string(row)));
            default -> null;
        };
    }

    static TrellisException invalid(DataType to, String text) {
        boolean time = to.kind() == TypeKind.TIME || TimeCasts.isMoment(to);
        String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return new TrellisException(
                time ? ErrorCode.INVALID_DATETIME : ErrorCode.INVALID_CAST,
                "text is not a " + to + ": '" + shown + "'");
    }

    private static boolean bool(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw invalid(DataType.BOOLEAN, text);
        };
    }

    private static BigDecimal number(String text, DataType to) {
        if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH) {
            throw invalid(to, text);
        }
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw invalid(to, text);
        }
        // an exponent of a billion would be spelled out by rounding
        if (Math.abs((long) value.precision() - value.scale()) > MAX_NUMBER_LENGTH) {
            if (value.signum() == 0 || value.scale() > 0) {
                return BigDecimal.ZERO;
            }
            throw NumberCasts.outOfRange(to, text);
        }
        return value;
    }

    private static double real(String text, DataType to) {
        String word = text.strip();
        switch (word.toLowerCase(Locale.ROOT)) {
            case "nan" -> {
                return Double.NaN;
            }
            case "infinity", "inf", "+infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-infinity", "-inf" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {}
        }
        if (word.isEmpty() || word.length() > MAX_NUMBER_LENGTH) {
            throw invalid(to, text);
        }
        char last = word.charAt(word.length() - 1);
        // Java takes hexadecimal floats and the suffixes d and f; SQL does not
        if (!Character.isDigit(last) && last != '.' || word.indexOf('x') >= 0 || word.indexOf('X') >= 0) {
            throw invalid(to, text);
        }
        double value;
        try {
            value = to.kind() == TypeKind.REAL ? Float.parseFloat(word) : Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw invalid(to, text);
        }
        if (Double.isInfinite(value)) {
            throw NumberCasts.outOfRange(to, word);
        }
        return value;
    }

    private static byte[] binary(String text) {
        if (!text.startsWith("\\x")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().parseHex(text, 2, text.length());
        } catch (IllegalArgumentException e) {
            throw invalid(DataType.VARBINARY, text);
        }
    }

    private static UUID uuid(String text) {
        String digits = text.strip();
        if (digits.startsWith("{") && digits.endsWith("}")) {
            digits = digits.substring(1, digits.length() - 1);
        }
        digits = digits.replace("-", "");
        try {
            if (digits.length() == 32) {
                return new UUID(
                        HexFormat.fromHexDigitsToLong(digits, 0, 16), HexFormat.fromHexDigitsToLong(digits, 16, 32));
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw invalid(DataType.UUID, text);
    }
}
