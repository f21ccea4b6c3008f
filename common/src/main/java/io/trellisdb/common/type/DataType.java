package io.trellisdb.common.type;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A SQL type without nullability.
 *
 * @param kind the family
 * @param precision DECIMAL: digits 1–38; CHAR, VARCHAR: code points (0 = no limit, VARCHAR only); BINARY, VARBINARY: bytes
 *     (0 = no limit, VARBINARY only); TIME, timestamps: fractional digits 0–9, which is also a timestamp's unit
 *     (10^-precision seconds); otherwise 0
 * @param scale DECIMAL: digits after the point, 0–precision; otherwise 0
 * @param element ARRAY: the type of its elements (not itself an array); otherwise null
 */
public record DataType(
        TypeKind kind, int precision, int scale, @Nullable DataType element) {
    public static final int MAX_DECIMAL_PRECISION = 38;
    /** The most digits that fit an unscaled long. */
    public static final int MAX_LONG_DECIMAL_PRECISION = 18;

    public static final int MAX_TIME_PRECISION = 9;
    /** CHAR, VARCHAR, BINARY and VARBINARY: the longest declared length, the row limit of 8 MiB. */
    public static final int MAX_LENGTH = 8 * 1024 * 1024;

    public static final DataType NULL = new DataType(TypeKind.NULL, 0, 0, null);
    public static final DataType BOOLEAN = new DataType(TypeKind.BOOLEAN, 0, 0, null);
    public static final DataType TINYINT = new DataType(TypeKind.TINYINT, 0, 0, null);
    public static final DataType SMALLINT = new DataType(TypeKind.SMALLINT, 0, 0, null);
    public static final DataType INTEGER = new DataType(TypeKind.INTEGER, 0, 0, null);
    public static final DataType BIGINT = new DataType(TypeKind.BIGINT, 0, 0, null);
    public static final DataType REAL = new DataType(TypeKind.REAL, 0, 0, null);
    public static final DataType DOUBLE = new DataType(TypeKind.DOUBLE, 0, 0, null);
    public static final DataType VARCHAR = new DataType(TypeKind.VARCHAR, 0, 0, null);
    public static final DataType TEXT = new DataType(TypeKind.TEXT, 0, 0, null);
    public static final DataType VARBINARY = new DataType(TypeKind.VARBINARY, 0, 0, null);
    public static final DataType BLOB = new DataType(TypeKind.BLOB, 0, 0, null);
    public static final DataType DATE = new DataType(TypeKind.DATE, 0, 0, null);
    public static final DataType UUID = new DataType(TypeKind.UUID, 0, 0, null);
    public static final DataType INTERVAL_MONTH = new DataType(TypeKind.INTERVAL_MONTH, 0, 0, null);
    public static final DataType INTERVAL_NANO = new DataType(TypeKind.INTERVAL_NANO, 0, 0, null);

    public DataType {
        Objects.requireNonNull(kind, "kind is null");
        boolean valid =
                switch (kind) {
                    case DECIMAL ->
                        precision >= 1 && precision <= MAX_DECIMAL_PRECISION && scale >= 0 && scale <= precision;
                    case CHAR, BINARY -> precision >= 1 && precision <= MAX_LENGTH && scale == 0;
                    case VARCHAR, VARBINARY -> precision >= 0 && precision <= MAX_LENGTH && scale == 0;
                    case TIME, TIMESTAMP, TIMESTAMP_LTZ ->
                        precision >= 0 && precision <= MAX_TIME_PRECISION && scale == 0;
                    default -> precision == 0 && scale == 0;
                };
        if (!valid) {
            throw new IllegalArgumentException(
                    "invalid precision or scale of " + kind + ": " + precision + ", " + scale);
        }
        boolean elementFits = kind == TypeKind.ARRAY
                ? element != null && element.kind != TypeKind.ARRAY && element.kind != TypeKind.NULL
                : element == null;
        if (!elementFits) {
            throw new IllegalArgumentException("invalid element type of " + kind + ": " + element);
        }
    }

    public static DataType decimal(int precision, int scale) {
        return new DataType(TypeKind.DECIMAL, precision, scale, null);
    }

    public static DataType character(int length) {
        return new DataType(TypeKind.CHAR, length, 0, null);
    }

    public static DataType varchar(int length) {
        return new DataType(TypeKind.VARCHAR, length, 0, null);
    }

    public static DataType binary(int length) {
        return new DataType(TypeKind.BINARY, length, 0, null);
    }

    public static DataType varbinary(int length) {
        return new DataType(TypeKind.VARBINARY, length, 0, null);
    }

    public static DataType time(int precision) {
        return new DataType(TypeKind.TIME, precision, 0, null);
    }

    public static DataType timestamp(int precision) {
        return new DataType(TypeKind.TIMESTAMP, precision, 0, null);
    }

    public static DataType timestampLtz(int precision) {
        return new DataType(TypeKind.TIMESTAMP_LTZ, precision, 0, null);
    }

    public static DataType array(DataType element) {
        return new DataType(TypeKind.ARRAY, 0, 0, element);
    }

    /** The vector class that holds values of this type. A NULL-typed column uses {@link Layout#INT}. */
    public Layout layout() {
        return switch (kind) {
            case NULL, BOOLEAN, TINYINT, SMALLINT, INTEGER, DATE -> Layout.INT;
            case BIGINT, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_NANO -> Layout.LONG;
            case REAL, DOUBLE -> Layout.DOUBLE;
            case DECIMAL -> precision <= MAX_LONG_DECIMAL_PRECISION ? Layout.LONG : Layout.INT128;
            case UUID -> Layout.INT128;
            case CHAR, VARCHAR, TEXT, BINARY, VARBINARY, BLOB -> Layout.BYTES;
            case ARRAY -> Layout.ARRAY;
        };
    }

    /** The element type of an ARRAY; an {@link IllegalStateException} for others. */
    public DataType elementType() {
        if (element == null) {
            throw new IllegalStateException("not an array type: " + this);
        }
        return element;
    }

    /** The SQL spelling, such as {@code DECIMAL(10, 2)} or {@code TIMESTAMP(3) WITH LOCAL TIME ZONE}. */
    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
            case CHAR, BINARY, TIME, TIMESTAMP -> kind + "(" + precision + ")";
            case VARCHAR, VARBINARY -> precision == 0 ? kind.name() : kind + "(" + precision + ")";
            case TIMESTAMP_LTZ -> "TIMESTAMP(" + precision + ") WITH LOCAL TIME ZONE";
            case INTERVAL_MONTH -> "INTERVAL YEAR TO MONTH";
            case INTERVAL_NANO -> "INTERVAL DAY TO SECOND";
            case ARRAY -> element + " ARRAY";
            default -> kind.name();
        };
    }
}
