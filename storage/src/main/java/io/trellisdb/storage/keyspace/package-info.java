/**
 * Ordered maps of bytes: the small floor on which containers stand. A {@link io.trellisdb.storage.keyspace.KeyspaceStore}
 * holds one {@link io.trellisdb.storage.keyspace.Keyspace} per kind and partition; changes of any of them are made in a
 * {@link io.trellisdb.storage.keyspace.Round}. {@code je} keeps them on disk, {@code memory} on the heap.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Keys are ordered by unsigned bytes, a prefix before what it begins.
 *   <li>A round becomes durable as a whole or not at all; it needs no durability of its own, since the journal has it.
 *   <li>Readers take no locks and see the changes of an open round; they never wait and never make a round wait.
 *   <li>Two rounds that are open together change different keys.
 * </ul>
 *
 * <p>Threads: a round and a cursor belong to one thread; the rest is safe everywhere. Knows nothing of rows.
 */
@NullMarked
package io.trellisdb.storage.keyspace;

import org.jspecify.annotations.NullMarked;
