/**
 * Who owns which partition: {@link io.trellisdb.common.routing.PartitionTable}, the image that the master publishes and that
 * nodes and clients route by.
 *
 * <p>Invariants: images are immutable and ordered by version; the number of partitions never changes in a cluster's life.
 * How a value becomes a partition is {@code codec.RoutingHash}'s business. No threads.
 */
@NullMarked
package io.trellisdb.common.routing;

import org.jspecify.annotations.NullMarked;
