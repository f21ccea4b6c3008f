package io.trellisdb.jdbc.value;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;

/** Numbers and truth values from boxed values of any type. */
final class NumberConversion {
    /** Digits beyond which a decimal is not expanded: no column has more. */
    private static final int MAX_DIGITS = 400;

    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private NumberConversion() {}

    /** A whole number between bounds; digits after the point are handled by the rounding mode. */
    static long toLong(Object value, long min, long max, RoundingMode rounding, String target) throws SQLException {
        long result;
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            result = ((Number) value).longValue();
        } else if (value instanceof Boolean bool) {
            result = bool ? 1 : 0;
        } else {
            result = wholePart(toDecimal(value, target), rounding, target);
        }
        if (result < min || result > max) {
            throw outOfRange(value, target);
        }
        return result;
    }

    private static long wholePart(BigDecimal decimal, RoundingMode rounding, String target) throws SQLException {
        // the digits before the point decide first, so that no exponent makes setScale work hard
        if ((long) decimal.precision() - decimal.scale() > 20) {
            throw outOfRange(decimal, target);
        } else if ((long) decimal.precision() - decimal.scale() < -1) {
            return 0;
        }
        BigDecimal whole = decimal.setScale(0, rounding);
        if (whole.compareTo(MIN_LONG) < 0 || whole.compareTo(MAX_LONG) > 0) {
            throw outOfRange(decimal, target);
        }
        return whole.longValue();
    }

    static double toDouble(Object value) throws SQLException {
        if (value instanceof Number number) {
            return number.doubleValue();
        } else if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        } else if (value instanceof String text) {
            try {
                return Double.parseDouble(text.strip());
            } catch (NumberFormatException e) {
                throw cannotConvert(value, "DOUBLE");
            }
        }
        throw cannotConvert(value, "DOUBLE");
    }

    static BigDecimal toDecimal(Object value, String target) throws SQLException {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        } else if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw outOfRange(value, target);
            }
            return new BigDecimal(value.toString());
        } else if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        } else if (value instanceof Boolean bool) {
            return bool ? BigDecimal.ONE : BigDecimal.ZERO;
        } else if (value instanceof String text) {
            try {
                return new BigDecimal(text.strip());
            } catch (NumberFormatException e) {
                throw cannotConvert(value, target);
            }
        }
        throw cannotConvert(value, target);
    }

    /** Rounded half up to a number of digits after the point. */
    static BigDecimal rescale(BigDecimal decimal, int scale, String target) throws SQLException {
        if (decimal.signum() != 0 && (long) decimal.precision() - decimal.scale() > MAX_DIGITS) {
            throw outOfRange(decimal, target);
        }
        if ((long) decimal.scale() - decimal.precision() > MAX_DIGITS) {
            return BigDecimal.ZERO.setScale(scale);
        }
        return decimal.setScale(scale, RoundingMode.HALF_UP);
    }

    static boolean toBoolean(Object value) throws SQLException {
        if (value instanceof Boolean bool) {
            return bool;
        } else if (value instanceof Number) {
            return toDouble(value) != 0;
        } else if (value instanceof String text) {
            switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
                case "true", "t", "yes", "y", "on", "1" -> {
                    return true;
                }
                case "false", "f", "no", "n", "off", "0" -> {
                    return false;
                }
                default -> throw cannotConvert(value, "BOOLEAN");
            }
        }
        throw cannotConvert(value, "BOOLEAN");
    }

    static SQLException cannotConvert(Object value, String target) {
        String shown = value instanceof byte[] bytes ? bytes.length + " bytes" : abbreviate(String.valueOf(value));
        return SqlErrors.of(
                ErrorCode.INVALID_CAST,
                "value cannot be converted to " + target + ": " + shown + " ("
                        + value.getClass().getSimpleName() + ")");
    }

    static SQLException outOfRange(Object value, String target) {
        return SqlErrors.of(
                ErrorCode.NUMBER_OUT_OF_RANGE,
                "value does not fit " + target + ": " + abbreviate(String.valueOf(value)));
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
