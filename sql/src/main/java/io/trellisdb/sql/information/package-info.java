/**
 * {@code information_schema}: the virtual tables that describe databases, tables, columns, constraints, indexes, sessions and
 * settings, and SHOW and DESCRIBE as queries over them.
 *
 * <p>Invariants: rows are computed from one catalog image when a scan opens; a definition printed by
 * {@code TableDefinitions} parses again to the same table.
 *
 * <p>Safe for all threads. Knows neither Calcite nor operators.
 */
@NullMarked
package io.trellisdb.sql.information;

import org.jspecify.annotations.NullMarked;
