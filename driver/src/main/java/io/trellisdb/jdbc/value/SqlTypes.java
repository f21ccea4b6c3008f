package io.trellisdb.jdbc.value;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;

/** What JDBC wants to know about a type. */
public final class SqlTypes {
    /** Characters of a value whose type has no length: what tools take as "long". */
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private SqlTypes() {}

    /** The constant of {@link Types}. */
    public static int code(DataType type) {
        return switch (type.kind()) {
            case NULL -> Types.NULL;
            case BOOLEAN -> Types.BOOLEAN;
            case TINYINT -> Types.TINYINT;
            case SMALLINT -> Types.SMALLINT;
            case INTEGER -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case REAL -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.DECIMAL;
            case CHAR -> Types.CHAR;
            case VARCHAR -> Types.VARCHAR;
            case TEXT -> Types.LONGVARCHAR;
            case BINARY -> Types.BINARY;
            case VARBINARY -> Types.VARBINARY;
            case BLOB -> Types.LONGVARBINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case TIMESTAMP_LTZ -> Types.TIMESTAMP_WITH_TIMEZONE;
            case INTERVAL_MONTH, INTERVAL_NANO, UUID -> Types.OTHER;
            case ARRAY -> Types.ARRAY;
        };
    }

    /** The name without length, as {@code getTypeInfo} lists it. */
    public static String name(DataType type) {
        return switch (type.kind()) {
            case TIMESTAMP_LTZ -> "TIMESTAMP WITH LOCAL TIME ZONE";
            case INTERVAL_MONTH -> "INTERVAL YEAR TO MONTH";
            case INTERVAL_NANO -> "INTERVAL DAY TO SECOND";
            case ARRAY -> name(type.elementType()) + " ARRAY";
            default -> type.kind().name();
        };
    }

    /** The class of what {@code getObject} returns. */
    public static Class<?> javaClass(DataType type) {
        return switch (type.kind()) {
            case NULL -> Object.class;
            case BOOLEAN -> Boolean.class;
            case TINYINT, SMALLINT, INTEGER -> Integer.class;
            case BIGINT -> Long.class;
            case REAL -> Float.class;
            case DOUBLE -> Double.class;
            case DECIMAL -> BigDecimal.class;
            case CHAR, VARCHAR, TEXT -> String.class;
            case BINARY, VARBINARY, BLOB -> byte[].class;
            case DATE -> Date.class;
            case TIME -> Time.class;
            case TIMESTAMP -> Timestamp.class;
            case TIMESTAMP_LTZ -> OffsetDateTime.class;
            case INTERVAL_MONTH -> Period.class;
            case INTERVAL_NANO -> Duration.class;
            case UUID -> UUID.class;
            case ARRAY -> Array.class;
        };
    }

    /** Digits, characters or bytes, as {@code ResultSetMetaData.getPrecision} defines them. */
    public static int precision(DataType type) {
        return switch (type.kind()) {
            case NULL, ARRAY -> 0;
            case BOOLEAN -> 1;
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER, DATE -> 10;
            case BIGINT -> 19;
            case REAL -> 7;
            case DOUBLE -> 15;
            case DECIMAL, CHAR, BINARY -> type.precision();
            case VARCHAR, VARBINARY -> type.precision() == 0 ? UNLIMITED : type.precision();
            case TEXT, BLOB -> UNLIMITED;
            case TIME -> 8 + fraction(type);
            case TIMESTAMP -> 19 + fraction(type);
            case TIMESTAMP_LTZ -> 25 + fraction(type);
            case INTERVAL_MONTH, INTERVAL_NANO -> 30;
            case UUID -> 36;
        };
    }

    private static int fraction(DataType type) {
        return type.precision() == 0 ? 0 : 1 + type.precision();
    }

    /** Digits after the point; fractional digits of seconds. */
    public static int scale(DataType type) {
        return switch (type.kind()) {
            case DECIMAL -> type.scale();
            case TIME, TIMESTAMP, TIMESTAMP_LTZ -> type.precision();
            default -> 0;
        };
    }

    /** Characters that the longest value takes as text. */
    public static int displaySize(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> 5;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> precision(type) + 1;
            case REAL -> 15;
            case DOUBLE -> 25;
            case DECIMAL -> type.precision() + 2;
            case BINARY, VARBINARY -> type.precision() == 0 ? UNLIMITED : 2 + 2 * type.precision();
            case ARRAY -> UNLIMITED;
            case NULL -> 4;
            default -> precision(type);
        };
    }

    public static boolean isSigned(DataType type) {
        return type.kind().isNumeric();
    }

    /** A type that holds the value, for parameters whose type the server leaves open; VARCHAR for what is unknown. */
    public static DataType of(Object value) {
        if (value instanceof Boolean) {
            return DataType.BOOLEAN;
        } else if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return DataType.INTEGER;
        } else if (value instanceof Long) {
            return DataType.BIGINT;
        } else if (value instanceof Float) {
            return DataType.REAL;
        } else if (value instanceof Double) {
            return DataType.DOUBLE;
        } else if (value instanceof BigDecimal decimal) {
            return decimalType(decimal);
        } else if (value instanceof byte[]) {
            return DataType.VARBINARY;
        } else if (value instanceof UUID) {
            return DataType.UUID;
        }
        return ofTemporal(value);
    }

    private static DataType decimalType(BigDecimal decimal) {
        int scale = Math.max(0, Math.min(decimal.scale(), DataType.MAX_DECIMAL_PRECISION));
        return DataType.decimal(DataType.MAX_DECIMAL_PRECISION, scale);
    }

    private static DataType ofTemporal(Object value) {
        if (value instanceof LocalDate || value instanceof Date) {
            return DataType.DATE;
        } else if (value instanceof LocalTime || value instanceof Time) {
            return DataType.time(DataType.MAX_TIME_PRECISION);
        } else if (value instanceof LocalDateTime || value instanceof java.util.Date) {
            return DataType.timestamp(DataType.MAX_TIME_PRECISION);
        } else if (value instanceof Instant || value instanceof OffsetDateTime || value instanceof ZonedDateTime) {
            return DataType.timestampLtz(DataType.MAX_TIME_PRECISION);
        } else if (value instanceof Period) {
            return DataType.INTERVAL_MONTH;
        } else if (value instanceof Duration) {
            return DataType.INTERVAL_NANO;
        } else if (value instanceof List<?> list) {
            return DataType.array(list.stream()
                    .filter(e -> e != null)
                    .findFirst()
                    .map(SqlTypes::of)
                    .orElse(DataType.VARCHAR));
        }
        return DataType.VARCHAR;
    }

    /** The type that {@code getTypeInfo} and array names spell, without length; VARCHAR kinds are unlimited. */
    public static DataType ofKind(TypeKind kind) {
        return switch (kind) {
            case DECIMAL -> DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
            case CHAR -> DataType.character(DataType.MAX_LENGTH);
            case BINARY -> DataType.binary(DataType.MAX_LENGTH);
            case TIME -> DataType.time(DataType.MAX_TIME_PRECISION);
            case TIMESTAMP -> DataType.timestamp(DataType.MAX_TIME_PRECISION);
            case TIMESTAMP_LTZ -> DataType.timestampLtz(DataType.MAX_TIME_PRECISION);
            case ARRAY -> DataType.array(DataType.VARCHAR);
            default -> new DataType(kind, 0, 0, null);
        };
    }
}
