package io.trellisdb.sql.planning;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexUnknownAs;

/**
 * Simplifies the conditions of filters and inner joins: alternatives over one column become a search set, contradictions
 * FALSE. Nothing is computed: the executor that would do so gives every constant back as it is.
 */
final class ConditionSimplifier extends RelHomogeneousShuttle {
    private final RexSimplify simplify;

    ConditionSimplifier(PlanningRun run) {
        this.simplify = new RexSimplify(
                run.cluster().getRexBuilder(),
                RelOptPredicateList.EMPTY,
                (builder, constants, reduced) -> reduced.addAll(constants));
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        if (node instanceof Filter filter) {
            RexNode condition = simplify.simplifyUnknownAs(filter.getCondition(), RexUnknownAs.FALSE);
            if (condition.isAlwaysFalse()) {
                return LogicalValues.createEmpty(filter.getCluster(), filter.getRowType());
            }
            if (condition.isAlwaysTrue()) {
                return filter.getInput();
            }
            return condition.equals(filter.getCondition())
                    ? filter
                    : filter.copy(filter.getTraitSet(), filter.getInput(), condition);
        }
        if (node instanceof Join join) {
            RexNode condition = simplify.simplifyUnknownAs(join.getCondition(), RexUnknownAs.FALSE);
            return condition.equals(join.getCondition())
                    ? join
                    : join.copy(
                            join.getTraitSet(),
                            condition,
                            join.getLeft(),
                            join.getRight(),
                            join.getJoinType(),
                            join.isSemiJoinDone());
        }
        return node;
    }
}
