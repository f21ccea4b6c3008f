package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs right once for every row of left; right reads that row by {@code OuterRef} with this id.
 *
 * @param kind INNER, LEFT, SEMI or ANTI
 * @param condition over left's and right's columns, or null
 */
public record Correlate(
        PlanNode left,
        PlanNode right,
        Join.Kind kind,
        int correlationId,
        @Nullable Expression condition,
        List<OutputColumn> output)
        implements PlanNode {
    public Correlate {
        output = List.copyOf(output);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }
}
