package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders rows, and keeps only some when a limit is given (top n).
 *
 * @param offset rows passed over, an expression free of columns, or null
 * @param limit the most rows, or null
 */
public record Sort(
        PlanNode input,
        List<SortKey> keys,
        @Nullable Expression offset,
        @Nullable Expression limit,
        List<OutputColumn> output)
        implements PlanNode {
    public Sort {
        output = List.copyOf(output);
        keys = List.copyOf(keys);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
