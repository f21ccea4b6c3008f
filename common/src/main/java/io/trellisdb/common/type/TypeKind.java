package io.trellisdb.common.type;

/** The families of types; {@link DataType} adds length, precision and scale. The codes are part of every format. */
public enum TypeKind {
    /** The type of a bare NULL literal; never a column's. */
    NULL(0),
    BOOLEAN(1),
    TINYINT(2),
    SMALLINT(3),
    INTEGER(4),
    BIGINT(5),
    REAL(6),
    DOUBLE(7),
    DECIMAL(8),
    CHAR(9),
    VARCHAR(10),
    TEXT(11),
    BINARY(12),
    VARBINARY(13),
    BLOB(14),
    DATE(15),
    TIME(16),
    TIMESTAMP(17),
    TIMESTAMP_LTZ(18),
    /** Months. */
    INTERVAL_MONTH(19),
    /** Nanoseconds. */
    INTERVAL_NANO(20),
    UUID(21),
    ARRAY(22);

    private static final TypeKind[] BY_CODE = values();

    private final int code;

    TypeKind(int code) {
        this.code = code;
    }

    /** The byte that stands for this kind on disk and on the wire. */
    public int code() {
        return code;
    }

    /** The kind of a code, or an {@link IllegalArgumentException}. */
    public static TypeKind ofCode(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("unknown type code: " + code);
        }
        return BY_CODE[code];
    }

    public boolean isString() {
        return this == CHAR || this == VARCHAR || this == TEXT;
    }

    public boolean isBinary() {
        return this == BINARY || this == VARBINARY || this == BLOB;
    }

    public boolean isInteger() {
        return this == TINYINT || this == SMALLINT || this == INTEGER || this == BIGINT;
    }

    public boolean isNumeric() {
        return isInteger() || this == REAL || this == DOUBLE || this == DECIMAL;
    }

    public boolean isTimestamp() {
        return this == TIMESTAMP || this == TIMESTAMP_LTZ;
    }
}
