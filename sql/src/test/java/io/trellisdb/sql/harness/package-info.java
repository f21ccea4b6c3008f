/**
 * A node in one thread for tests of SQL: a store on the heap, a catalog, and a runner of write commands that knows no other
 * statements at the same time.
 *
 * <p>Does not stand for replication: nothing is journaled, no lock ever waits.
 */
@NullMarked
package io.trellisdb.sql.harness;

import org.jspecify.annotations.NullMarked;
