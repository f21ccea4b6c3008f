package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;

/** Keeps rows for which the condition is true. */
public record Filter(PlanNode input, Expression condition, List<OutputColumn> output) implements PlanNode {
    public Filter {
        output = List.copyOf(output);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
