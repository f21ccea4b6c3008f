package io.trellisdb.sql.plan;

import io.trellisdb.common.type.DataType;
import java.util.List;

/**
 * One aggregate.
 *
 * @param function upper case: COUNT, SUM, MIN, MAX, AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, ANY_VALUE,
 *     SINGLE_VALUE, BOOL_AND, BOOL_OR, LISTAGG, ARRAY_AGG, FIRST, LAST, MIN_BY, MAX_BY, PERCENTILE_CONT, …
 * @param arguments columns of the input; none for COUNT(*)
 * @param filter a BOOLEAN column of the input that must be true, or -1
 * @param order WITHIN GROUP or ORDER BY of an ordered-set aggregate
 */
public record AggregateCall(
        String function, List<Integer> arguments, boolean distinct, int filter, List<SortKey> order, DataType type) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
        order = List.copyOf(order);
    }
}
