package io.trellisdb.cli.load;

/**
 * A column of a table as JDBC describes it.
 *
 * @param jdbcType one of {@link java.sql.Types}
 * @param typeName the database's word for it, for messages
 */
record TableColumn(String name, int jdbcType, String typeName) {}
