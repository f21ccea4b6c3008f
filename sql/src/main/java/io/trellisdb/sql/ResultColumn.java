package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;

/**
 * A column of a statement's rows as JDBC describes it.
 *
 * @param label the alias or name shown
 * @param name the column's own name, or the label for expressions
 * @param table the container or view it comes from, or empty
 * @param database the database of {@code table}, or empty
 */
public record ResultColumn(
        String label, String name, DataType type, boolean nullable, boolean identity, String table, String database) {}
