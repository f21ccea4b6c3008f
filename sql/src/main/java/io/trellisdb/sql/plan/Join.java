package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins by equal keys, by a condition, or both. SEMI and ANTI output only left's columns.
 *
 * @param leftKeys columns of left, paired with {@code rightKeys}; both empty for a nested loop
 * @param nullSafe for each key pair whether NULL equals NULL (IS NOT DISTINCT FROM)
 * @param condition a further condition over left's and right's columns together, or null
 */
public record Join(
        PlanNode left,
        PlanNode right,
        Kind kind,
        List<Integer> leftKeys,
        List<Integer> rightKeys,
        List<Boolean> nullSafe,
        @Nullable Expression condition,
        List<OutputColumn> output)
        implements PlanNode {
    public Join {
        output = List.copyOf(output);
        leftKeys = List.copyOf(leftKeys);
        rightKeys = List.copyOf(rightKeys);
        nullSafe = List.copyOf(nullSafe);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    /** What happens to rows without a partner. */
    public enum Kind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        SEMI,
        ANTI
    }
}
