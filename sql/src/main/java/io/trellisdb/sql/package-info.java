/**
 * The front door of SQL: text in, batches or counts out. This package assembles its children and none of them imports it:
 * {@code syntax} parses, {@code planning} validates and optimises with Calcite, {@code plan} and {@code expression} are what
 * comes out, {@code operator}, {@code kernel} and {@code aggregate} run it, {@code access} reads rows by key, {@code write} decides
 * changes on the owner, {@code definition} changes the catalog, {@code lexer} takes literals out of texts, {@code session}
 * holds the words that all of them share.
 *
 * <p>Invariants: a {@link io.trellisdb.sql.PreparedQuery} is valid for one catalog version and is planned again, inside the
 * deadline, when that has passed; by-key statements and INSERT … VALUES never touch Calcite once they are cached, and never
 * an operator tree; what is not supported is refused with its SQLSTATE, never ignored.
 *
 * <p>Threads: the engine is safe for all threads; one session runs one statement at a time. It starts no threads.
 */
@NullMarked
package io.trellisdb.sql;

import org.jspecify.annotations.NullMarked;
