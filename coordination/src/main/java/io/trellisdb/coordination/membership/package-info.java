/**
 * Who belongs to the cluster: the registry of members as records under {@code node/…}, and the rules of changing it. Pure
 * values and decisions that every clustered provider shares; providers carry them out.
 *
 * <pre>
 *   key    := "node/" uuid "." incarnation
 *   value  := version u8 = 1 · id (uuid u128 · incarnation u32) · number u32 · coordination address · count varint
 *             · (service string · address)* · zone string · role string · state string · since i64 (ms)
 *   address := host string · port u16
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 *   <li>An id names one unbroken life of a node's metadata and is never used again; removed members stay as records, so that
 *       nobody can come back under their name.
 *   <li>At most one member is UNSTABLE: with n voters and one more that is not counted, quorums of n and of n + 1 still meet;
 *       with two more they need not.
 *   <li>Voters are an odd number, five at most; all other members observe.
 * </ul>
 *
 * <p>No threads, no network, no clock.
 */
@NullMarked
package io.trellisdb.coordination.membership;

import org.jspecify.annotations.NullMarked;
