package io.trellisdb.jdbc.value;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.jdbc.error.SqlErrors;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what an application sets into the boxed values that {@code common.batch} documents. */
public final class ParameterConversion {
    private final ZoneId sessionZone;

    /** {@code sessionZone} is where a date and time without zone lies when the parameter is an instant. */
    public ParameterConversion(ZoneId sessionZone) {
        this.sessionZone = sessionZone;
    }

    /** The boxed value of {@code type} that {@code value} means; null stays null. */
    public @Nullable Object convert(@Nullable Object value, DataType type) throws SQLException {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case NULL -> convert(value, SqlTypes.of(value));
            case BOOLEAN -> NumberConversion.toBoolean(value);
            case TINYINT -> (int) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, type);
            case SMALLINT -> (int) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, type);
            case INTEGER -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
            case BIGINT -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE, type);
            case REAL -> real(value);
            case DOUBLE -> value instanceof Double ? value : (Object) NumberConversion.toDouble(value);
            case DECIMAL ->
                NumberConversion.rescale(
                        NumberConversion.toDecimal(value, type.toString()), type.scale(), type.toString());
            case CHAR, VARCHAR, TEXT -> text(value);
            case BINARY, VARBINARY, BLOB -> bytes(value, type);
            case DATE -> TimeConversion.toDate(value, sessionZone);
            case TIME -> TimeConversion.toTime(value, sessionZone);
            case TIMESTAMP -> TimeConversion.toDateTime(value, java.time.ZoneOffset.UTC);
            case TIMESTAMP_LTZ -> TimeConversion.toInstant(value, sessionZone);
            case INTERVAL_MONTH, INTERVAL_NANO -> interval(value, type);
            case UUID -> uuid(value);
            case ARRAY -> array(value, type);
        };
    }

    private static long whole(Object value, long min, long max, DataType type) throws SQLException {
        return NumberConversion.toLong(value, min, max, RoundingMode.HALF_UP, type.toString());
    }

    private static float real(Object value) throws SQLException {
        double number = NumberConversion.toDouble(value);
        float narrowed = (float) number;
        if (Float.isInfinite(narrowed) && !Double.isInfinite(number)) {
            throw NumberConversion.outOfRange(value, "REAL");
        }
        return narrowed;
    }

    private String text(Object value) throws SQLException {
        if (value instanceof byte[]) {
            throw NumberConversion.cannotConvert(value, "VARCHAR");
        } else if (value instanceof Character || value instanceof Enum<?> || value instanceof CharSequence) {
            return value.toString();
        } else if (value instanceof java.util.Date || value instanceof java.util.Calendar) {
            return ValueText.of(java.util.Objects.requireNonNull(convert(value, SqlTypes.of(value))), sessionZone);
        }
        return ValueText.of(value, sessionZone);
    }

    private static byte[] bytes(Object value, DataType type) throws SQLException {
        if (value instanceof byte[] bytes) {
            return bytes;
        } else if (value instanceof UUID uuid) {
            return ByteBuffer.allocate(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
        }
        throw NumberConversion.cannotConvert(value, type.toString());
    }

    private static UUID uuid(Object value) throws SQLException {
        if (value instanceof UUID uuid) {
            return uuid;
        } else if (value instanceof byte[] bytes && bytes.length == 16) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong());
        } else if (value instanceof String text) {
            try {
                return UUID.fromString(text.strip());
            } catch (IllegalArgumentException e) {
                throw NumberConversion.cannotConvert(value, "UUID");
            }
        }
        throw NumberConversion.cannotConvert(value, "UUID");
    }

    private static Object interval(Object value, DataType type) throws SQLException {
        boolean isMonths = type.equals(DataType.INTERVAL_MONTH);
        if (isMonths ? value instanceof Period : value instanceof Duration) {
            return value;
        } else if (value instanceof String text) {
            try {
                return isMonths ? Period.parse(text.strip()) : Duration.parse(text.strip());
            } catch (DateTimeException e) {
                throw SqlErrors.of(ErrorCode.INVALID_DATETIME, "text is no interval in ISO 8601: " + text, e);
            }
        }
        throw NumberConversion.cannotConvert(value, type.toString());
    }

    private List<@Nullable Object> array(Object value, DataType type) throws SQLException {
        Object source = value instanceof Array array ? array.getArray() : value;
        List<@Nullable Object> elements = new ArrayList<>();
        if (source instanceof Iterable<?> list) {
            for (Object element : list) {
                elements.add(convert(element, type.elementType()));
            }
        } else if (source.getClass().isArray() && !(source instanceof byte[])) {
            for (int i = 0; i < java.lang.reflect.Array.getLength(source); i++) {
                elements.add(convert(java.lang.reflect.Array.get(source, i), type.elementType()));
            }
        } else {
            throw NumberConversion.cannotConvert(value, type.toString());
        }
        return elements;
    }
}
