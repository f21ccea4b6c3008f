/**
 * The time series of a partition on keyspaces: which series a container has, where their blocks lie, how rows reach them and
 * how they are scanned, aggregated and asked for their newest row. {@link io.trellisdb.storage.timeseries.TimeSeries} is the
 * front door to a container, {@link io.trellisdb.storage.timeseries.SeriesPartition} what a partition's containers share.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A block and its overlay lie under {@code slot · series key · first timestamp}. Encoded series keys delimit themselves:
 *       none is the beginning of another one.
 *   <li>A container knows all its series once it is open; what is not in its table has neither blocks nor rows.
 *   <li>A change of blocks is part of the round in which the entry is applied, or of one that applies nothing.
 * </ul>
 *
 * <p>Threads: one thread at a time changes a partition, any thread reads. Knows no indexes, counts and journals.
 */
@NullMarked
package io.trellisdb.storage.timeseries;

import org.jspecify.annotations.NullMarked;
