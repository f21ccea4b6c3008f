/**
 * The words of the storage engine: what a node's partitions can be asked to do. The parent holds the interfaces and records
 * that its children share and imports none of them: {@code journal} keeps the update logs, {@code je} keeps rows and indexes
 * in Berkeley DB JE, {@code write} names what an owner decides, {@code engine} assembles a {@link
 * io.trellisdb.storage.NodeStore} of them.
 *
 * <p>Invariants:
 * <ul>
 *   <li>The store holds only committed state; entries are applied in LSN order, each exactly once.
 *   <li>Operations are absolute: applying one again, or over a newer state of the same replay, gives the same end.
 *   <li>Nothing is acknowledged by this module; the journal reports what is durable.
 *   <li>A container's descriptor is in the log before its first row of that version.
 * </ul>
 *
 * <p>Threads: one writer thread applies a given partition; any thread may read; readers hold no locks of the store. Nobody
 * may interrupt a thread that is inside this module.
 *
 * <p>Knows nothing of SQL, networks or clusters, and decides no conflicts between writers.
 */
@NullMarked
package io.trellisdb.storage;

import org.jspecify.annotations.NullMarked;
