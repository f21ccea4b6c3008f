/**
 * Containers of a partition on ordered maps of bytes: rows of collections, secondary indexes, descriptors, counters, positions
 * and the results of statements; {@code timeseries} keeps the rows of time series. {@link io.trellisdb.storage.table.StoredPartition} is the front door.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A row's index entries change in the round that changes the row.
 *   <li>Rows and entries lie under a slot, a number of this partition that is used once: dropping or truncating a container
 *       gives it new slots, and the old ones are swept later.
 *   <li>A row names the schema version it was written with; every version's descriptor is kept.
 *   <li>The stored position tells exactly what is stored: an entry that only reaches windows is stored with the next one that
 *       stores something, and read again from the log until its rows are in blocks.
 *   <li>An image carries records as they are when they are read, and the state at last; the log from its beginning on makes
 *       it exact. While one is installed, its {@link io.trellisdb.storage.table.InstallRecord} hides everything else; index
 *       entries and counts are derived before it goes.
 *   <li>What {@link io.trellisdb.storage.table.StateKeys} names is all that a partition knows besides rows and entries.
 * </ul>
 *
 * <p>Threads: one writer thread applies, and between its rounds another one may seal windows; any thread reads, without locks. Durable through the rounds of {@code keyspace};
 * does not know the journal.
 */
@NullMarked
package io.trellisdb.storage.table;

import org.jspecify.annotations.NullMarked;
