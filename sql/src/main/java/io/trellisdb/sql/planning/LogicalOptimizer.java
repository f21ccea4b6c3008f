package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilder;

/**
 * Rewrites a logical plan in phases, each a list of rules that ends by itself: subqueries become joins, filters sink,
 * columns that nobody reads go, joins of more than two tables are ordered. Nothing here evaluates constants: Calcite would
 * compute them in milliseconds and without overflow.
 */
final class LogicalOptimizer {
    /** Subqueries stay expressions until the first phase; IN lists become search sets whatever their length. */
    static final SqlToRelConverter.Config CONVERSION = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withRemoveSortInSubQuery(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE);

    private static final int NODES_MAX = 10_000;
    private static final int MATCHES_MAX = 50_000;
    private static final int JOINS_MAX = 24;

    private static final List<RelOptRule> SUBQUERIES = List.of(
            CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
            CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
            CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);

    private static final List<RelOptRule> PUSH_DOWN = List.of(
            CoreRules.FILTER_INTO_JOIN,
            CoreRules.JOIN_CONDITION_PUSH,
            CoreRules.FILTER_PROJECT_TRANSPOSE,
            CoreRules.FILTER_AGGREGATE_TRANSPOSE,
            CoreRules.FILTER_SET_OP_TRANSPOSE,
            CoreRules.FILTER_CORRELATE,
            CoreRules.FILTER_MERGE,
            CoreRules.PROJECT_MERGE,
            CoreRules.PROJECT_REMOVE,
            CoreRules.UNION_MERGE,
            CoreRules.PROJECT_TO_SEMI_JOIN,
            CoreRules.SORT_REMOVE_CONSTANT_KEYS,
            PruneEmptyRules.PROJECT_INSTANCE,
            PruneEmptyRules.FILTER_INSTANCE,
            PruneEmptyRules.SORT_INSTANCE,
            PruneEmptyRules.SORT_FETCH_ZERO_INSTANCE,
            PruneEmptyRules.AGGREGATE_INSTANCE,
            PruneEmptyRules.JOIN_LEFT_INSTANCE,
            PruneEmptyRules.JOIN_RIGHT_INSTANCE,
            PruneEmptyRules.UNION_INSTANCE);

    private static final List<RelOptRule> COLLECT_JOINS = List.of(
            CoreRules.JOIN_TO_MULTI_JOIN, CoreRules.PROJECT_MULTI_JOIN_MERGE, CoreRules.FILTER_MULTI_JOIN_MERGE);

    private final PlanningRun run;

    LogicalOptimizer(PlanningRun run) {
        this.run = run;
    }

    /** The rewritten plan, with exactly the columns that the query shows. */
    RelNode optimise(RelRoot root) {
        RelNode node = root.project();
        checkSize(node);
        node = apply(SUBQUERIES, node.accept(new JoinSubqueries()));
        run.checkTime();
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(run.cluster(), null);
        node = RelDecorrelator.decorrelateQuery(node, builder);
        node = apply(PUSH_DOWN, node.accept(new ConditionSimplifier(run)));
        node = node.accept(new PartitionConditions());
        run.checkTime();
        node = new RelFieldTrimmer(null, builder).trim(node);
        node = orderJoins(node);
        run.checkTime();
        node = apply(PUSH_DOWN, node.accept(new ConditionSimplifier(run)));
        checkSize(node);
        return node;
    }

    private RelNode orderJoins(RelNode node) {
        int joins = countInnerJoins(node);
        if (joins < 2 || joins > JOINS_MAX) {
            return node;
        }
        RelNode collected = apply(COLLECT_JOINS, HepMatchOrder.BOTTOM_UP, node);
        return apply(List.of(CoreRules.MULTI_JOIN_OPTIMIZE), HepMatchOrder.BOTTOM_UP, collected);
    }

    private static int countInnerJoins(RelNode node) {
        int count = node instanceof Join join && join.getJoinType() == JoinRelType.INNER ? 1 : 0;
        for (RelNode input : node.getInputs()) {
            count += countInnerJoins(input);
        }
        return count;
    }

    private RelNode apply(List<RelOptRule> rules, RelNode node) {
        return apply(rules, HepMatchOrder.DEPTH_FIRST, node);
    }

    private RelNode apply(List<RelOptRule> rules, HepMatchOrder order, RelNode node) {
        HepProgramBuilder program = HepProgram.builder().addMatchOrder(order).addMatchLimit(MATCHES_MAX);
        program.addRuleCollection(rules);
        HepPlanner planner = new HepPlanner(program.build());
        planner.setExecutor(run.cluster().getPlanner().getExecutor());
        planner.setRoot(node);
        return planner.findBestExp();
    }

    private static void checkSize(RelNode root) {
        if (count(root, 0) > NODES_MAX) {
            throw new TrellisException(
                    ErrorCode.STATEMENT_TOO_COMPLEX, "plan has too many nodes: more than " + NODES_MAX);
        }
    }

    private static int count(RelNode node, int before) {
        int count = before + 1;
        for (RelNode input : node.getInputs()) {
            if (count > NODES_MAX) {
                return count;
            }
            count = count(input, count);
        }
        return count;
    }
}
