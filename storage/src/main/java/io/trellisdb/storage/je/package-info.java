/**
 * Keyspaces on Berkeley DB JE, and the only place that knows it. One environment holds a database per kind and partition,
 * created when first written, so that the number of databases depends on partitions and never on containers.
 *
 * <p>Invariants:
 * <ul>
 *   <li>No write is synced; {@code flush} syncs all. What a crash takes away comes back from the journal.
 *   <li>Readers are READ_UNCOMMITTED: they hold no locks, so that a round can never wait for one. Rounds hold only keys that
 *       no other open round changes.
 *   <li>Damage is noticed: an environment that meets a bad checksum does not open or stops.
 *   <li>Every JE exception leaves as a {@code TrellisException} ({@link io.trellisdb.storage.je.JeErrors}).
 * </ul>
 *
 * <p>Threads: JE runs its own for checkpoints, cleaning and eviction. Nobody may interrupt a thread that is inside this
 * package: it would invalidate the environment.
 */
@NullMarked
package io.trellisdb.storage.je;

import org.jspecify.annotations.NullMarked;
