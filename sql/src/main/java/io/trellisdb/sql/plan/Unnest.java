package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;

/** One row per element of an array expression over the input's columns: the input's columns, then the element.
 *
 * @param withOrdinality adds the element's number from 1 as a last INTEGER column
 */
public record Unnest(PlanNode input, Expression array, boolean withOrdinality, List<OutputColumn> output)
        implements PlanNode {
    public Unnest {
        output = List.copyOf(output);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
