/**
 * Reading and naming rows by their whole key: {@link io.trellisdb.sql.access.KeyAccess} sees in a plan that it touches one
 * row, {@link io.trellisdb.sql.access.KeyLookup} runs it without operators. Also how parameters reach the types that a plan
 * expects ({@link io.trellisdb.sql.access.Conversions}) and how expressions are rewritten.
 *
 * <p>Invariants: a key access never waits, so that it may run on a network thread; NULL as a key value finds nothing.
 *
 * <p>Plans are immutable; a lookup is confined to its caller's thread. No Calcite, no catalog.
 */
@NullMarked
package io.trellisdb.sql.access;

import org.jspecify.annotations.NullMarked;
