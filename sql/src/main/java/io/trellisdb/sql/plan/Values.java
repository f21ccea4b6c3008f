package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;

/** Rows of expressions free of columns.
 *
 * @param rows one list per row, as wide as the output; may be empty
 */
public record Values(List<List<Expression>> rows, List<OutputColumn> output) implements PlanNode {
    public Values {
        output = List.copyOf(output);
        rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }
}
