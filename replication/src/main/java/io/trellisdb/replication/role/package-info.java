/**
 * The roles of a partition's copies as pure functions: {@code step(event) → actions}. No thread, clock, disk or network is in
 * here; the caller does what the actions say, in their order, and reports what became of it by further events.
 *
 * <pre>
 *                      ┌──────────────── a later term or configuration ────────────────┐
 *                      ▼                                                               │
 *   RETIRED ◄──► CATCH_UP ──► BACKUP ──► SYNCING ──► OWNER ──► RETIRING ──► RELINQUISHED
 *                    admitted     appointed   barrier      must make way   drained
 * </pre>
 *
 * <p>{@link io.trellisdb.replication.role.Replica} is one copy in a group: {@code Owner} (with {@code Membership} and {@code
 * Shipping}) or a {@code Follower}. {@link io.trellisdb.replication.role.OwnerRole} is the owner of a single copy.
 *
 * <p>Invariants ({@link io.trellisdb.replication.role.Rule} names the rules that keep them):
 * <ul>
 *   <li>One activation per term; the first entry of a term is a barrier; nothing is answered before it is applied.
 *   <li>LSNs have no gaps, commit timestamps increase, every entry carries the hash of the one before it.
 *   <li>An entry is committed when the owner and every member that it waits for have it durably, and the barrier is committed;
 *       the members waited for contain the committed in-sync set.
 *   <li>A log is cut only where an entry conflicts with the owner's, never at or below what is committed or applied.
 *   <li>An entry is applied in LSN order, once, and after it is committed (but for an asynchronous owner).
 *   <li>An appended entry whose fate is unknown when the role ends is given up, never called failed.
 * </ul>
 *
 * <p>Who owns what is the master's business; it is told by {@link io.trellisdb.replication.role.Configuration}.
 */
@NullMarked
package io.trellisdb.replication.role;

import org.jspecify.annotations.NullMarked;
