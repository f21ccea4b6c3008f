/**
 * The partition table as records: who owns which partition under which term, and which copies are in sync. So far a lone node
 * owns everything; placement, failover and rebalancing come here.
 *
 * <p>Invariants:
 * <ul>
 *   <li>One record per partition, keys in the order of partitions; a row is always complete and valid.
 *   <li>The term of a row grows with every change of its owner and with every new activation of the same one; its version with
 *       every change at all.
 *   <li>The number of partitions is fixed when the table is first written.
 * </ul>
 *
 * <p>Pure values; no threads.
 */
@NullMarked
package io.trellisdb.coordination.partition;

import org.jspecify.annotations.NullMarked;
