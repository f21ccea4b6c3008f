package io.trellisdb.protocol.message;

import io.trellisdb.common.type.DataType;

/**
 * One column of a result.
 *
 * @param label the name that the statement gives it
 * @param database database (JDBC: schema) of its table, empty for an expression
 * @param table its table, empty for an expression
 * @param column its name in the table, empty for an expression
 * @param generated whether the database fills it when a row is inserted without it (IDENTITY)
 */
public record ColumnMetadata(
        String label,
        DataType type,
        Nullability nullability,
        String database,
        String table,
        String column,
        boolean generated) {
    /** Whether NULL can occur. The order of the constants is their code on the wire. */
    public enum Nullability {
        NO_NULLS,
        NULLABLE,
        UNKNOWN
    }

    /** A column that comes from no table. */
    public static ColumnMetadata ofExpression(String label, DataType type) {
        return new ColumnMetadata(label, type, Nullability.UNKNOWN, "", "", "", false);
    }
}
