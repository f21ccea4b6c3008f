/**
 * The SQL types that Trellis stores, and how a value of each lies in memory.
 *
 * <p>Invariants: a {@link io.trellisdb.common.type.DataType} determines its
 * {@link io.trellisdb.common.type.Layout} and its boxed Java class; nullability belongs to columns, not to types.
 * Value rules are those of {@code docs/reference/sql.md}: NULL sorts high, strings order by UTF-8 bytes, NaN is greatest.
 *
 * <p>Types are immutable values without threads. Conversions between types are SQL's business, not this package's.
 */
@NullMarked
package io.trellisdb.common.type;

import org.jspecify.annotations.NullMarked;
