package io.trellisdb.sql.plan;

import java.util.List;

/** The rows of the last round of the enclosing recursion of that name. */
public record RecursionInput(String name, List<OutputColumn> output) implements PlanNode {
    public RecursionInput {
        output = List.copyOf(output);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }
}
