/**
 * The data of the side-by-side measurements: processor figures of many hosts, every ten seconds, in the shape of the Time
 * Series Benchmark Suite, each value a random walk between 0 and 100.
 *
 * <p>Invariants: one {@link io.trellisdb.bench.data.DataSet} gives the same rows in the same order each time it is asked; rows
 * are made while they are read, so a data set of any size takes memory for one tick and for the rows that are late.
 *
 * <p>Threads: an iterator belongs to one thread.
 */
@NullMarked
package io.trellisdb.bench.data;

import org.jspecify.annotations.NullMarked;
