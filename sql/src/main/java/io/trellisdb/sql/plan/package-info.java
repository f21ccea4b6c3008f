/**
 * Physical plans as immutable records: what the optimiser hands to the operators, to EXPLAIN and, later, to other nodes.
 *
 * <p>Invariants: a node knows its output columns; expressions refer to the input's columns by position (a join's input is
 * left's columns, then right's); everything under a {@link io.trellisdb.sql.plan.Gather} runs on the owners of partitions
 * and contains no other Gather; everything above runs at the gateway. Plans carry no actual parameters: partitions are
 * chosen and bounds computed when a plan runs.
 *
 * <p>No threads, no Calcite, no sessions. Plans do not decide how operators work.
 */
@NullMarked
package io.trellisdb.sql.plan;

import org.jspecify.annotations.NullMarked;
