/**
 * INSERT, UPSERT, ON CONFLICT, MERGE, UPDATE, DELETE and TRUNCATE: plans ({@link io.trellisdb.sql.write.WritePlan}), made of
 * syntax trees by {@link io.trellisdb.sql.write.WritePlanner}, run by {@link io.trellisdb.sql.write.WriteRunner} at the
 * gateway, decided by commands on the owners.
 *
 * <p>Invariants:
 * <ul>
 *   <li>What a row alone can violate (NOT NULL, CHECK, sizes) is checked where the row is made; what other rows can violate
 *       (keys, unique indexes) is checked on the owner under locks.
 *   <li>A statement is one {@code WriteStatement}: all its partitions change or none.
 *   <li>UPDATE, DELETE and MERGE that do not name rows by key read first; the command locks the rows and compares them, and
 *       the statement is run again when one has changed.
 *   <li>RETURNING travels as the stored columns of the changed rows, so that a repeated request answers the same.
 * </ul>
 *
 * <p>Threads: plans are immutable; a runner is confined to its statement's thread; commands run on writer threads and have
 * no side effects.
 */
@NullMarked
package io.trellisdb.sql.write;

import org.jspecify.annotations.NullMarked;
