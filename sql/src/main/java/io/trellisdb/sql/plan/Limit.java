package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes over {@code offset} rows and lets at most {@code limit} through; both free of columns or null. */
public record Limit(
        PlanNode input,
        @Nullable Expression offset,
        @Nullable Expression limit,
        List<OutputColumn> output) implements PlanNode {
    public Limit {
        output = List.copyOf(output);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
