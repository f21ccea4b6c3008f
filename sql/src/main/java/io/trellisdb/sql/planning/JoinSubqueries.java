package io.trellisdb.sql.planning;

import com.google.common.collect.ImmutableSet;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Moves conditions with subqueries out of ON. Of two correlated subqueries there Calcite keeps one, which gives wrong rows; in
 * a filter above an inner join both are kept. Under an outer join, where they cannot move, they are refused.
 */
final class JoinSubqueries extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        if (!(node instanceof LogicalJoin join) || RexUtil.SubQueryFinder.find(join.getCondition()) == null) {
            return node;
        }
        if (join.getJoinType() != JoinRelType.INNER) {
            refuseSeveral(join);
            return join;
        }
        RexBuilder builder = join.getCluster().getRexBuilder();
        List<RexNode> here = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
            (RexUtil.SubQueryFinder.find(condition) == null ? here : above).add(condition);
        }
        LogicalJoin plain = LogicalJoin.create(
                join.getLeft(),
                join.getRight(),
                join.getHints(),
                RexUtil.composeConjunction(builder, here),
                ImmutableSet.of(),
                JoinRelType.INNER);
        return LogicalFilter.create(
                plain,
                RexUtil.composeConjunction(builder, above),
                ImmutableSet.<CorrelationId>copyOf(join.getVariablesSet()));
    }

    private static void refuseSeveral(LogicalJoin join) {
        int[] all = new int[1];
        int[] correlated = new int[1];
        join.getCondition().accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitSubQuery(RexSubQuery subquery) {
                all[0]++;
                correlated[0] += RelOptUtil.getVariablesUsed(subquery.rel).isEmpty() ? 0 : 1;
                return super.visitSubQuery(subquery);
            }
        });
        if (correlated[0] > 0 && all[0] > 1) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "several subqueries in ON of an outer join, one of them correlated, are not supported");
        }
    }
}
