package io.trellisdb.sql.operator;

import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.OuterRef;
import io.trellisdb.sql.kernel.FunctionSignature;
import io.trellisdb.sql.kernel.Functions;
import io.trellisdb.sql.plan.Correlate;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.Join;
import io.trellisdb.sql.plan.Limit;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.plan.SeriesAggregate;
import io.trellisdb.sql.plan.Sort;
import io.trellisdb.sql.plan.Unnest;
import io.trellisdb.sql.plan.Values;
import io.trellisdb.sql.plan.Window;
import io.trellisdb.sql.plan.WindowGroup;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the right side of a correlation reads of the outer row.
 *
 * @param columns positions in the outer row
 * @param repeatable whether equal outer values give equal results within one execution
 */
record OuterColumns(List<Integer> columns, boolean repeatable) {

    static OuterColumns of(PlanNode plan, int correlationId) {
        Search search = new Search(correlationId);
        search.visit(plan);
        return new OuterColumns(List.copyOf(search.columns), search.repeatable);
    }

    /** Walks a plan and all its expressions. */
    private static final class Search {
        private final int correlationId;
        private final TreeSet<Integer> columns = new TreeSet<>();
        private boolean repeatable = true;

        Search(int correlationId) {
            this.correlationId = correlationId;
        }

        void visit(PlanNode plan) {
            if (plan instanceof Scan scan) {
                visit(scan.filter());
                visit(scan.limit());
                visitAll(scan.range().equal());
                visit(scan.range().lower());
                visit(scan.range().upper());
                if (scan.partitions() instanceof ScanPartitions.OfValues values) {
                    visitAll(values.values());
                } else if (scan.partitions() instanceof ScanPartitions.OfAlternatives values) {
                    values.values().forEach(this::visitAll);
                }
                if (scan.series() != null) {
                    visitAll(scan.series().expressions());
                }
            } else if (plan instanceof SeriesAggregate aggregate) {
                visit(aggregate.newestBuckets());
            } else if (plan instanceof Values values) {
                values.rows().forEach(this::visitAll);
            } else if (plan instanceof Filter filter) {
                visit(filter.condition());
            } else if (plan instanceof Project project) {
                visitAll(project.expressions());
            } else if (plan instanceof Sort sort) {
                visit(sort.offset());
                visit(sort.limit());
            } else if (plan instanceof Limit limit) {
                visit(limit.offset());
                visit(limit.limit());
            } else if (plan instanceof Join join) {
                visit(join.condition());
            } else if (plan instanceof Correlate correlate) {
                visit(correlate.condition());
            } else if (plan instanceof Unnest unnest) {
                visit(unnest.array());
            } else if (plan instanceof Window window) {
                window.groups().forEach(this::visit);
            }
            plan.inputs().forEach(this::visit);
        }

        private void visit(WindowGroup group) {
            for (WindowGroup.Bound bound :
                    List.of(group.frame().lower(), group.frame().upper())) {
                if (bound instanceof WindowGroup.Bound.Offset offset) {
                    visit(offset.offset());
                }
            }
        }

        private void visitAll(Collection<Expression> expressions) {
            expressions.forEach(this::visit);
        }

        private void visit(@Nullable Expression expression) {
            if (expression == null) {
                return;
            }
            if (expression instanceof OuterRef outer && outer.correlationId() == correlationId) {
                columns.add(outer.index());
            }
            if (expression instanceof Call call) {
                repeatable &= Functions.find(call.function())
                        .map(FunctionSignature::deterministic)
                        .orElse(false);
            }
            visitAll(expression.arguments());
        }
    }
}
