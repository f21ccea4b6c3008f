package io.trellisdb.sql.plan;

import io.trellisdb.common.type.DataType;
import java.util.List;

/**
 * One window function over its group's partition and frame.
 *
 * @param function an aggregate's name or ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE, LAG, LEAD,
 *     FIRST_VALUE, LAST_VALUE, NTH_VALUE
 * @param arguments columns of the input
 */
public record WindowCall(
        String function, List<Integer> arguments, boolean distinct, boolean ignoreNulls, DataType type) {
    public WindowCall {
        arguments = List.copyOf(arguments);
    }
}
