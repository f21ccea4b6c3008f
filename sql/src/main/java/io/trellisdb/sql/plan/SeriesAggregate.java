package io.trellisdb.sql.plan;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation that the store of a time series computes, most of it from the statistics of its blocks. Output as
 * {@link Aggregate}'s: the groups, then the calls' results (SINGLE) or partial states (PARTIAL).
 *
 * @param input what is aggregated: a series access whose filter, if any, is over columns of the series key alone
 * @param groups at most one of them a bucket
 * @param calls over the scan's columns, without DISTINCT, filter and order; FIRST and LAST by the timestamp only where the
 *     groups hold the whole series key
 * @param newestBuckets how many of the greatest buckets are wanted, an expression free of columns, or null for all
 */
public record SeriesAggregate(
        Scan input,
        Aggregate.Mode mode,
        List<Group> groups,
        List<AggregateCall> calls,
        @Nullable Expression newestBuckets,
        List<OutputColumn> output)
        implements PlanNode {
    public SeriesAggregate {
        groups = List.copyOf(groups);
        calls = List.copyOf(calls);
        output = List.copyOf(output);
    }

    /** What rows are grouped by. */
    public sealed interface Group {
        /** A column of the series key, by its position in the scan's output. */
        record KeyColumn(int position) implements Group {}

        /**
         * The start of the interval that holds the timestamp, in the column's unit.
         *
         * @param position of the timestamp in the scan's output
         * @param origin where one of the intervals begins
         * @param type of the result: a TIMESTAMP at least as fine as the column, or a DATE for whole days
         */
        record Bucket(int position, long origin, long width, DataType type) implements Group {}
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
