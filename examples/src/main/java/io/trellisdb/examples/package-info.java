/**
 * Small programs that use Trellis as an application does: through JDBC, a connection pool and jOOQ. Each has a {@code main}
 * that takes a URL, and tests run them all.
 *
 * <p>Invariants: nothing of Trellis but its driver is used, and only through {@code java.sql}; every program makes the tables
 * it needs, can be run again, and prints what it found. Threads are those that a program starts itself.
 */
@NullMarked
package io.trellisdb.examples;

import org.jspecify.annotations.NullMarked;
