package io.trellisdb.sql.planning;

import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.Aggregate;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.SeriesAggregate;
import java.util.List;

/**
 * {@code GROUP BY bucket ORDER BY bucket DESC LIMIT n}: n groups need no more than the n newest buckets, of each owner. A
 * condition in between (HAVING) would need more.
 */
final class NewestBuckets {
    private NewestBuckets() {}

    /** The plan that computes only so many of the newest buckets, if the column is one; otherwise the plan as it is. */
    static PlanNode of(PlanNode node, int column, Expression most) {
        if (node instanceof Project project && project.expressions().get(column) instanceof ColumnRef reference) {
            PlanNode input = of(project.input(), reference.index(), most);
            return input == project.input() ? node : new Project(input, project.expressions(), project.output());
        }
        if (node instanceof Aggregate aggregate
                && aggregate.mode() == Aggregate.Mode.FINAL
                && column < aggregate.groupBy().size()) {
            PlanNode input = of(aggregate.input(), aggregate.groupBy().get(column), most);
            return input == aggregate.input() ? node : over(aggregate, input);
        }
        if (node instanceof Gather gather && gather.order().isEmpty()) {
            PlanNode input = of(gather.input(), column, most);
            return input == gather.input() ? node : new Gather(input, List.of(), gather.output());
        }
        if (node instanceof SeriesAggregate aggregate
                && column < aggregate.groups().size()
                && aggregate.groups().get(column) instanceof SeriesAggregate.Group.Bucket) {
            return new SeriesAggregate(
                    aggregate.input(),
                    aggregate.mode(),
                    aggregate.groups(),
                    aggregate.calls(),
                    most,
                    aggregate.output());
        }
        return node;
    }

    private static Aggregate over(Aggregate aggregate, PlanNode input) {
        return new Aggregate(
                input,
                aggregate.mode(),
                aggregate.groupBy(),
                aggregate.groupingSets(),
                aggregate.calls(),
                aggregate.output());
    }
}
