/**
 * Operators that run physical plans: each pulls batches of at most 4,096 rows from its inputs.
 *
 * <p>{@link io.trellisdb.sql.operator.QueryExecutor} is the door: it builds one operator per plan node for one execution.
 * What lies under a {@code Gather} goes through a {@link io.trellisdb.sql.operator.FragmentRunner} to the owners of the
 * partitions; the rest runs where the statement arrived.
 *
 * <p>Invariants: no operator returns a batch without rows; whoever builds an operator closes it, also after a failure; every
 * buffer is reserved in the statement's {@code MemoryBudget} before it grows and released on close; cancellation and the
 * deadline are asked once per batch, also inside loops that produce nothing for long.
 *
 * <p>Threads: an operator tree belongs to one thread at a time. Nothing here spills to disk: a statement that does not fit
 * its memory fails and says so.
 */
@NullMarked
package io.trellisdb.sql.operator;

import org.jspecify.annotations.NullMarked;
