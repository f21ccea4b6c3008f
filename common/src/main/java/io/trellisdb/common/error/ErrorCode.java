package io.trellisdb.common.error;

/**
 * Everything that can go wrong with a request, keyed by SQLSTATE.
 *
 * <p>Classes follow the SQL standard and PostgreSQL; Trellis' own subclasses start with {@code T}. Two codes may share a
 * SQLSTATE when a program must tell them apart but a person need not. To add a code: choose the class by who must act,
 * keep {@code 0A000}, {@code 57P0x} and {@code 01002} for their exact meaning (pools evict connections on them), add the
 * constant in the order of its SQLSTATE.
 */
public enum ErrorCode {
    // Class 08: connection
    CANNOT_CONNECT("08001", Category.UNAVAILABLE, true),
    CONNECTION_CLOSED("08003", Category.USER, false),
    CONNECTION_REJECTED("08004", Category.UNAVAILABLE, false),
    CONNECTION_LOST("08006", Category.UNAVAILABLE, true),
    /** The statement may or may not have happened: never retried blindly. */
    OUTCOME_UNKNOWN("08007", Category.UNAVAILABLE, false),
    PROTOCOL_VIOLATION("08P01", Category.USER, false),
    // Class 0A: not supported (never exactly 0A000: HikariCP would evict the connection)
    NOT_SUPPORTED("0AT00", Category.USER, false),
    // Class 21, 22: data
    CARDINALITY_VIOLATION("21000", Category.USER, false),
    STRING_TOO_LONG("22001", Category.USER, false),
    NUMBER_OUT_OF_RANGE("22003", Category.USER, false),
    INVALID_DATETIME("22007", Category.USER, false),
    DATETIME_OVERFLOW("22008", Category.USER, false),
    DIVISION_BY_ZERO("22012", Category.USER, false),
    INVALID_CAST("22018", Category.USER, false),
    INVALID_ESCAPE("22025", Category.USER, false),
    INVALID_PARAMETER("22023", Category.USER, false),
    INVALID_REGULAR_EXPRESSION("2201B", Category.USER, false),
    INVALID_LIMIT("2201W", Category.USER, false),
    INVALID_UTF8("22021", Category.USER, false),
    // Class 23: constraints
    NOT_NULL_VIOLATION("23502", Category.USER, false),
    FOREIGN_KEY_VIOLATION("23503", Category.USER, false),
    UNIQUE_VIOLATION("23505", Category.USER, false),
    CHECK_VIOLATION("23514", Category.USER, false),
    // Class 25: transaction state
    ACTIVE_TRANSACTION("25001", Category.USER, false),
    NO_ACTIVE_TRANSACTION("25P01", Category.USER, false),
    READ_ONLY_TRANSACTION("25006", Category.USER, false),
    TRANSACTION_FAILED("25P02", Category.USER, false),
    // Class 26, 28, 34
    UNKNOWN_PREPARED_STATEMENT("26000", Category.USER, false),
    AUTHENTICATION_FAILED("28000", Category.USER, false),
    INVALID_PASSWORD("28P01", Category.USER, false),
    INVALID_CURSOR("34000", Category.USER, false),
    // Class 40: transaction rollback
    SERIALIZATION_FAILURE("40001", Category.CONFLICT, true),
    // Class 42: syntax and names
    SYNTAX_ERROR("42601", Category.USER, false),
    INSUFFICIENT_PRIVILEGE("42501", Category.USER, false),
    INVALID_DEFINITION("42611", Category.USER, false),
    NAME_TOO_LONG("42622", Category.USER, false),
    DUPLICATE_COLUMN("42701", Category.USER, false),
    AMBIGUOUS_COLUMN("42702", Category.USER, false),
    UNKNOWN_COLUMN("42703", Category.USER, false),
    UNKNOWN_OBJECT("42704", Category.USER, false),
    DUPLICATE_OBJECT("42710", Category.USER, false),
    GROUPING_ERROR("42803", Category.USER, false),
    TYPE_MISMATCH("42804", Category.USER, false),
    WRONG_OBJECT_TYPE("42809", Category.USER, false),
    UNKNOWN_FUNCTION("42883", Category.USER, false),
    GENERATED_ALWAYS("428C9", Category.USER, false),
    UNKNOWN_TABLE("42P01", Category.USER, false),
    UNKNOWN_PARAMETER("42P02", Category.USER, false),
    DUPLICATE_DATABASE("42P04", Category.USER, false),
    DUPLICATE_TABLE("42P07", Category.USER, false),
    INVALID_COLUMN_REFERENCE("42P10", Category.USER, false),
    INVALID_TABLE_DEFINITION("42P16", Category.USER, false),
    INDETERMINATE_TYPE("42P18", Category.USER, false),
    UNKNOWN_DATABASE("3F000", Category.USER, false),
    DEPENDENT_OBJECTS("2BP01", Category.USER, false),
    // Class 53: resources
    INSUFFICIENT_RESOURCES("53000", Category.RESOURCES, true),
    DISK_FULL("53100", Category.RESOURCES, true),
    OUT_OF_MEMORY("53200", Category.RESOURCES, true),
    TOO_MANY_CONNECTIONS("53300", Category.RESOURCES, true),
    // Class 54: program limits
    LIMIT_EXCEEDED("54000", Category.USER, false),
    STATEMENT_TOO_COMPLEX("54001", Category.USER, false),
    TOO_MANY_COLUMNS("54011", Category.USER, false),
    // Class 55: object state
    WRONG_OBJECT_STATE("55000", Category.USER, false),
    OBJECT_IN_USE("55006", Category.CONFLICT, true),
    LOCK_TIMEOUT("55P03", Category.CONFLICT, true),
    // Class 57: operator intervention
    STATEMENT_TIMEOUT("57014", Category.USER, false),
    STATEMENT_CANCELLED("57014", Category.USER, false),
    SERVER_STOPPING("57P01", Category.UNAVAILABLE, true),
    NOT_READY("57P03", Category.UNAVAILABLE, true),
    // Class 58, XX: system
    IO_ERROR("58030", Category.INTERNAL, false),
    INVALID_CONFIGURATION("F0000", Category.USER, false),
    INTERNAL("XX000", Category.INTERNAL, false),
    DATA_CORRUPTED("XX001", Category.CORRUPTION, false),
    // Class T0: Trellis' routing refusals; each says that nothing was executed
    NOT_OWNER("T0001", Category.UNAVAILABLE, true),
    STALE_TABLE("T0002", Category.UNAVAILABLE, true),
    SCHEMA_CHANGED("T0003", Category.CONFLICT, true),
    CATALOG_CONFLICT("T0004", Category.CONFLICT, true);

    /** Who has to act, and what a program may conclude. */
    public enum Category {
        /** The request is wrong; the same request will fail again. */
        USER,
        /** Another request was in the way; the transaction may be run again. */
        CONFLICT,
        /** No node could serve it now. */
        UNAVAILABLE,
        /** A bound of memory, disk or connections was reached. */
        RESOURCES,
        /** Stored bytes are not what was written. */
        CORRUPTION,
        /** A defect of Trellis or its machine. */
        INTERNAL
    }

    private final String sqlState;
    private final Category category;
    private final boolean retryable;

    ErrorCode(String sqlState, Category category, boolean retryable) {
        this.sqlState = sqlState;
        this.category = category;
        this.retryable = retryable;
    }

    public String sqlState() {
        return sqlState;
    }

    public Category category() {
        return category;
    }

    /** Whether the same request may succeed when it is sent again unchanged. */
    public boolean retryable() {
        return retryable;
    }
}
