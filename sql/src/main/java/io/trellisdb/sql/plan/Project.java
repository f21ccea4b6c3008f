package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;

/** Computes one expression per output column. */
public record Project(PlanNode input, List<Expression> expressions, List<OutputColumn> output) implements PlanNode {
    public Project {
        output = List.copyOf(output);
        expressions = List.copyOf(expressions);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
