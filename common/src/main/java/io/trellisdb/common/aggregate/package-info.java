/**
 * COUNT, MIN, MAX, SUM, FIRST and LAST of columns, as they are computed, merged, stored in headers of blocks and sent on: one
 * {@link io.trellisdb.common.aggregate.ColumnAggregate} for each layout of values. Sums are exact, or, of doubles that are not
 * short decimals, compensated, so that they do not depend on how rows were cut into parts.
 *
 * <p>Threads: an aggregate is confined to one thread. Groups nothing and knows no SQL types beyond a column's own.
 */
@NullMarked
package io.trellisdb.common.aggregate;

import org.jspecify.annotations.NullMarked;
