/**
 * Locks of one partition: which statement may touch which row, unique key, counter or container, and who goes first.
 *
 * <p>Invariants:
 * <ul>
 *   <li>No deadlock: a statement only ever waits for older ones or for ones that can no longer wait. An older statement that
 *       meets a younger holder wounds it (wound–wait: Rosenkrantz, Stearns, Lewis, "System Level Concurrency Control for
 *       Distributed Database Systems", TODS 1978), and older waiters are served before younger ones.
 *   <li>Nobody starves: a wounded or waiting statement keeps its place in the order of starts.
 *   <li>A lock without holders and waiters takes no memory.
 * </ul>
 *
 * <p>Confined to the partition's writer thread; nothing here blocks, waits or knows the time. Deadlines are the caller's
 * business, as is running a statement again when its lock has been granted.
 */
@NullMarked
package io.trellisdb.replication.lock;

import org.jspecify.annotations.NullMarked;
