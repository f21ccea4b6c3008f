package io.trellisdb.jdbc.value;

import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads rows of columns in the form that a getter asks for. None of the methods is for NULL rows. */
public final class ColumnReader {
    private final ZoneId sessionZone;
    private final Function<TypedList, Array> arrays;

    /** A list with the type of its elements. */
    public record TypedList(DataType elementType, List<? extends @Nullable Object> elements) {}

    /** {@code sessionZone} shows instants; {@code arrays} makes the JDBC object of an ARRAY value. */
    public ColumnReader(ZoneId sessionZone, Function<TypedList, Array> arrays) {
        this.sessionZone = sessionZone;
        this.arrays = arrays;
    }

    private static Object boxed(ColumnVector column, int row) {
        Object value = column.value(row);
        if (value == null) {
            throw new IllegalStateException("row is NULL: " + row);
        }
        return value;
    }

    /** A whole number between bounds; digits after the point are cut off, as JDBC has always done. */
    public long integer(ColumnVector column, int row, long min, long max, String target) throws SQLException {
        long value;
        if (column instanceof LongVector longs && column.type().kind() == TypeKind.BIGINT) {
            value = longs.get(row);
        } else if (column instanceof IntVector ints && column.type().kind() != TypeKind.DATE) {
            value = ints.get(row);
        } else {
            return NumberConversion.toLong(boxed(column, row), min, max, RoundingMode.DOWN, target);
        }
        if (value < min || value > max) {
            throw NumberConversion.outOfRange(value, target);
        }
        return value;
    }

    public double floating(ColumnVector column, int row) throws SQLException {
        return column instanceof DoubleVector doubles
                ? doubles.get(row)
                : NumberConversion.toDouble(boxed(column, row));
    }

    public BigDecimal decimal(ColumnVector column, int row) throws SQLException {
        return NumberConversion.toDecimal(boxed(column, row), "DECIMAL");
    }

    public boolean truth(ColumnVector column, int row) throws SQLException {
        return NumberConversion.toBoolean(boxed(column, row));
    }

    public String text(ColumnVector column, int row) {
        return column instanceof BytesVector bytes && column.type().kind().isString()
                ? bytes.string(row)
                : ValueText.of(boxed(column, row), sessionZone);
    }

    /** Bytes of binary columns, and of strings in UTF-8. */
    public byte[] bytes(ColumnVector column, int row) throws SQLException {
        if (column instanceof BytesVector bytes) {
            return bytes.copy(row);
        }
        throw NumberConversion.cannotConvert(boxed(column, row), "VARBINARY");
    }

    /** {@code zone} is the Calendar's or the JVM's. */
    public Date date(ColumnVector column, int row, ZoneId zone) throws SQLException {
        return TimeConversion.sqlDate(TimeConversion.toDate(boxed(column, row), instantZone(column, zone)), zone);
    }

    /** {@code zone} is the Calendar's or the JVM's. */
    public Time time(ColumnVector column, int row, ZoneId zone) throws SQLException {
        return TimeConversion.sqlTime(TimeConversion.toTime(boxed(column, row), instantZone(column, zone)), zone);
    }

    /** {@code zone} is the Calendar's or the JVM's; an instant is itself in every zone. */
    public Timestamp timestamp(ColumnVector column, int row, ZoneId zone) throws SQLException {
        Object value = boxed(column, row);
        return value instanceof Instant instant
                ? Timestamp.from(instant)
                : TimeConversion.sqlTimestamp(TimeConversion.toDateTime(value, sessionZone), zone);
    }

    /** The zone in which an instant becomes a date or a time that will be held in {@code zone}. */
    private static ZoneId instantZone(ColumnVector column, ZoneId zone) {
        return column.type().kind() == TypeKind.TIMESTAMP_LTZ ? zone : ZoneOffset.UTC;
    }

    public Array array(ColumnVector column, int row) throws SQLException {
        Object value = boxed(column, row);
        if (value instanceof List<?> list) {
            return arrays.apply(new TypedList(column.type().elementType(), list));
        }
        throw NumberConversion.cannotConvert(value, "ARRAY");
    }

    /** The object of the class that {@link SqlTypes#javaClass} names. */
    public Object object(ColumnVector column, int row) throws SQLException {
        ZoneId zone = ZoneId.systemDefault();
        return switch (column.type().kind()) {
            case DATE -> date(column, row, zone);
            case TIME -> time(column, row, zone);
            case TIMESTAMP -> timestamp(column, row, zone);
            case TIMESTAMP_LTZ -> offsetDateTime(boxed(column, row));
            case ARRAY -> array(column, row);
            default -> boxed(column, row);
        };
    }

    /** The object of a class; one that this column cannot become is INVALID_CAST. */
    public <T> T object(ColumnVector column, int row, Class<T> wanted) throws SQLException {
        Object converted = convert(column, row, wanted);
        if (converted == null) {
            throw NumberConversion.cannotConvert(boxed(column, row), wanted.getName());
        }
        return wanted.cast(converted);
    }

    private @Nullable Object convert(ColumnVector column, int row, Class<?> wanted) throws SQLException {
        if (wanted == String.class) {
            return text(column, row);
        } else if (wanted == Integer.class) {
            return (int) integer(column, row, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
        } else if (wanted == Long.class) {
            return integer(column, row, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
        } else if (wanted == Short.class) {
            return (short) integer(column, row, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
        } else if (wanted == Byte.class) {
            return (byte) integer(column, row, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
        } else if (wanted == Double.class) {
            return floating(column, row);
        } else if (wanted == Float.class) {
            return (float) floating(column, row);
        } else if (wanted == BigDecimal.class) {
            return decimal(column, row);
        } else if (wanted == BigInteger.class) {
            return decimal(column, row).toBigInteger();
        } else if (wanted == Boolean.class) {
            return truth(column, row);
        } else if (wanted == byte[].class) {
            return bytes(column, row);
        } else if (wanted == Object.class) {
            return object(column, row);
        } else if (wanted == Array.class) {
            return array(column, row);
        }
        return convertTemporal(column, row, wanted);
    }

    private @Nullable Object convertTemporal(ColumnVector column, int row, Class<?> wanted) throws SQLException {
        ZoneId jvmZone = ZoneId.systemDefault();
        if (wanted == Date.class) {
            return date(column, row, jvmZone);
        } else if (wanted == Time.class) {
            return time(column, row, jvmZone);
        } else if (wanted == Timestamp.class || wanted == java.util.Date.class) {
            return timestamp(column, row, jvmZone);
        }
        Object value = boxed(column, row);
        if (wanted == LocalDate.class) {
            return TimeConversion.toDate(value, sessionZone);
        } else if (wanted == LocalTime.class) {
            return TimeConversion.toTime(value, sessionZone);
        } else if (wanted == LocalDateTime.class) {
            return TimeConversion.toDateTime(value, sessionZone);
        } else if (wanted == Instant.class) {
            return TimeConversion.toInstant(value, ZoneOffset.UTC);
        } else if (wanted == OffsetDateTime.class) {
            return offsetDateTime(value);
        } else if (wanted == OffsetTime.class) {
            return TimeConversion.toTime(value, ZoneOffset.UTC).atOffset(ZoneOffset.UTC);
        } else if (wanted == ZonedDateTime.class) {
            ZoneId zone = value instanceof Instant ? sessionZone : ZoneOffset.UTC;
            return TimeConversion.toInstant(value, ZoneOffset.UTC).atZone(zone);
        }
        return convertRare(value, wanted);
    }

    private static @Nullable Object convertRare(Object value, Class<?> wanted) {
        if (wanted == UUID.class && value instanceof String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        } else if (wanted == UUID.class || wanted == Period.class || wanted == Duration.class || wanted == List.class) {
            return wanted.isInstance(value) ? value : null;
        }
        return null;
    }

    private OffsetDateTime offsetDateTime(Object value) throws SQLException {
        Instant instant = TimeConversion.toInstant(value, ZoneOffset.UTC);
        return value instanceof Instant
                ? instant.atZone(sessionZone).toOffsetDateTime()
                : instant.atOffset(ZoneOffset.UTC);
    }
}
