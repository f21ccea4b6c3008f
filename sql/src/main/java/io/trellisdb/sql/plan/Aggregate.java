package io.trellisdb.sql.plan;

import java.util.List;

/** Groups rows and aggregates each group. Output: the group columns, then the calls (or their partial states).
 *
 * @param groupingSets positions into {@code groupBy} of each grouping set; one set with all positions is plain GROUP BY.
 *     Group columns that are not in a row's set are NULL; with several sets a last INTEGER column numbers the set
 */
public record Aggregate(
        PlanNode input,
        Mode mode,
        List<Integer> groupBy,
        List<List<Integer>> groupingSets,
        List<AggregateCall> calls,
        List<OutputColumn> output)
        implements PlanNode {
    public Aggregate {
        output = List.copyOf(output);
        groupBy = List.copyOf(groupBy);
        calls = List.copyOf(calls);
        groupingSets = groupingSets.stream().map(List::copyOf).toList();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    /** Which part of a two-phase aggregation this is. */
    public enum Mode {
        /** Rows in, results out. */
        SINGLE,
        /** Rows in, states out, on the owner; the states of a call take the columns that its function defines. */
        PARTIAL,
        /** States in, results out, at the gateway. */
        FINAL
    }
}
