/**
 * Statements by key over one JDBC connection: reads prepared and as literal text, inserts one by one and in batches.
 *
 * <p>Invariants: the same rows, keys and order of keys for every system (fixed seed); every row read is compared with what was
 * loaded.
 */
@NullMarked
package io.trellisdb.bench.point;

import org.jspecify.annotations.NullMarked;
