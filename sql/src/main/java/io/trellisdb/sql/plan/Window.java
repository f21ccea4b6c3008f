package io.trellisdb.sql.plan;

import java.util.List;

/** Adds the results of window functions, group after group, behind the input columns. */
public record Window(PlanNode input, List<WindowGroup> groups, List<OutputColumn> output) implements PlanNode {
    public Window {
        output = List.copyOf(output);
        groups = List.copyOf(groups);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
