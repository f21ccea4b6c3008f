package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;

/**
 * A column of a query's result.
 *
 * @param label the alias or name shown
 * @param name the column's own name in its table, or the label for expressions
 * @param table the container or view that it comes from unchanged, or empty
 * @param database the database of {@code table}, or empty
 */
public record QueryColumn(
        String label, String name, DataType type, boolean nullable, boolean identity, String table, String database) {
    QueryColumn of(DataType newType) {
        return new QueryColumn(label, name, newType, nullable, identity, table, database);
    }
}
