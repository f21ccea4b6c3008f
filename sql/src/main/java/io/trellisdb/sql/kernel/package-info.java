/**
 * Evaluation of scalar expressions over batches: one kernel per function and argument types, run over whole columns.
 *
 * <p>Invariants: a kernel never writes its arguments; results keep the rules of {@code common.batch} (zero under NULL);
 * NULL in gives NULL out unless the function says otherwise; integer arithmetic is checked, decimals are exact, timestamps
 * are computed in their own unit and never through milliseconds. A row that a condition excludes (CASE, AND, OR, COALESCE)
 * is not evaluated, so it cannot fail. Errors name the offending values.
 *
 * <p>{@link io.trellisdb.sql.kernel.Functions} lists every function that exists; anything else is refused when an expression
 * is compiled, before a row is read.
 *
 * <p>Threads: an {@link io.trellisdb.sql.kernel.Evaluator} belongs to one execution and one thread. No code is generated.
 */
@NullMarked
package io.trellisdb.sql.kernel;

import org.jspecify.annotations.NullMarked;
