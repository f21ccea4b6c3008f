package io.trellisdb.sql.planning;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Moves conditions below window functions when they are about columns by which every window is partitioned: they keep or drop
 * whole partitions, so that the functions see the same rows.
 */
final class PartitionConditions extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        return node instanceof Filter filter
                        && filter.getInput() instanceof LogicalProject project
                        && project.containsOver()
                ? moved(filter, project)
                : node;
    }

    private static RelNode moved(Filter filter, LogicalProject project) {
        ImmutableBitSet partitioning = partitioning(project);
        List<RexNode> below = new ArrayList<>();
        List<RexNode> left = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            if (isOfPartitions(condition, project, partitioning)) {
                below.add(RelOptUtil.pushPastProject(condition, project));
            } else {
                left.add(condition);
            }
        }
        if (below.isEmpty()) {
            return filter;
        }
        RexBuilder builder = filter.getCluster().getRexBuilder();
        RelNode input = LogicalFilter.create(project.getInput(), RexUtil.composeConjunction(builder, below));
        RelNode windows = project.copy(project.getTraitSet(), List.of(input));
        return left.isEmpty() ? windows : LogicalFilter.create(windows, RexUtil.composeConjunction(builder, left));
    }

    /** The columns of the input by which every window is partitioned. */
    private static ImmutableBitSet partitioning(LogicalProject project) {
        List<ImmutableBitSet> windows = new ArrayList<>();
        for (RexNode expression : project.getProjects()) {
            expression.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public Void visitOver(RexOver over) {
                    ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
                    for (RexNode key : over.getWindow().partitionKeys) {
                        if (key instanceof RexInputRef column) {
                            columns.set(column.getIndex());
                        }
                    }
                    windows.add(columns.build());
                    return super.visitOver(over);
                }
            });
        }
        ImmutableBitSet common = windows.isEmpty() ? ImmutableBitSet.of() : windows.get(0);
        for (ImmutableBitSet window : windows) {
            common = common.intersect(window);
        }
        return common;
    }

    /** Whether a condition over the projection reads nothing but partitioning columns, and gives the same each time. */
    private static boolean isOfPartitions(RexNode condition, LogicalProject project, ImmutableBitSet partitioning) {
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
        return !used.isEmpty()
                && RexUtil.isDeterministic(condition)
                && used.asList().stream()
                        .allMatch(column -> project.getProjects().get(column) instanceof RexInputRef reference
                                && partitioning.get(reference.getIndex()));
    }
}
