/**
 * Trellis beside its peers with time series: loads in order, late, singly and as upserts, queries T1 to T9 as literal text and
 * as prepared statements, bytes on disk and resident memory. One command, {@link io.trellisdb.bench.side.SideBySide}, prints
 * one table.
 *
 * <p>Invariants: each system runs alone; all get the same rows and the same questions; an answer is compared with a reference
 * before its query is timed, and a query whose answer differs has no time.
 *
 * <p>Threads: the main one; a load over several connections has a thread for each.
 */
@NullMarked
package io.trellisdb.bench.side;

import org.jspecify.annotations.NullMarked;
