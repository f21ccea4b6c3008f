package io.trellisdb.sql.plan;

import java.util.List;

/** Runs the input as a fragment on every owner of the scan's partitions and brings the rows to the gateway.
 *
 * @param order when not empty, each fragment's rows come in this order and are merged by it
 */
public record Gather(PlanNode input, List<SortKey> order, List<OutputColumn> output) implements PlanNode {
    public Gather {
        output = List.copyOf(output);
        order = List.copyOf(order);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
