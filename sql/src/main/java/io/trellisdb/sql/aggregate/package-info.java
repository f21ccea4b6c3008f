/**
 * Aggregate functions and the table that gives rows their groups.
 *
 * <p>Invariants: an {@link io.trellisdb.sql.aggregate.Accumulator} keeps the state of one call for many groups, numbered from
 * 0, in arrays; NULL arguments take no part unless the function says otherwise; integer and DECIMAL sums are exact in 128
 * bits and checked when they are read, sums of doubles carry their rounding errors along, so that neither batches nor
 * partitions change the result. A function that can be computed in two phases names the columns of its partial state.
 *
 * <p>Confined to one thread. Memory is counted by the caller through {@code sizeBytes}. Frames of window functions and
 * grouping sets are the operators' business.
 */
@NullMarked
package io.trellisdb.sql.aggregate;

import org.jspecify.annotations.NullMarked;
