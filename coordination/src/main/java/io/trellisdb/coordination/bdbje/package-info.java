/**
 * The provider of servers: leadership and metadata on Berkeley DB JE's replication. The only place where JE's replication
 * appears. This package assembles {@code fencing}, {@code membership} and {@code metadata} beside it.
 *
 * <p>JE replicates four databases: {@code epoch} (one row per mastership), {@code log} (one entry per commit), {@code image}
 * (all records at one revision, so that the log can be cut) and {@code lease} (one row: epoch and committed revision). A
 * node's records live in memory: newest image, then the log up to the committed revision, never beyond. So what a node shows
 * is acknowledged by a majority, and JE may roll back a tail without anybody having seen it.
 *
 * <p>Invariants:
 * <ul>
 *   <li>JE's MASTER alone means nothing. A leader is a node whose epoch was written first of all and acknowledged by a
 *       majority, and whose lease, renewed by acknowledged writes, has not run out on the monotonic clock.
 *   <li>Every commit reads the epoch's row in its own transaction and goes nowhere if that is not the leader's.
 *   <li>A commit that was not acknowledged in time is unknown: the leader steps down, and reads again after the next fence.
 *   <li>A demotion happens in place and in order: no admission, sealed log, listeners, no override of the group's size.
 * </ul>
 *
 * <p>Threads of a node, all its own, none ever interrupted: the <em>supervisor</em> opens, closes, restores and heals the
 * environment and changes the group; the <em>role</em> thread runs one transition at a time; the <em>writer</em> commits and
 * renews the lease; the <em>follower</em> reads what others committed. JE's listener only leaves the newest state where the
 * role thread finds it. Callers of the API never enter JE, so interrupting them is harmless.
 *
 * <p>Does not end the process, does not decide what records mean.
 */
@NullMarked
package io.trellisdb.coordination.bdbje;

import org.jspecify.annotations.NullMarked;
