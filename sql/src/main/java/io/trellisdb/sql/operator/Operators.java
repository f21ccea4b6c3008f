package io.trellisdb.sql.operator;

import io.trellisdb.sql.plan.Aggregate;
import io.trellisdb.sql.plan.Correlate;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.Join;
import io.trellisdb.sql.plan.Limit;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.Recursion;
import io.trellisdb.sql.plan.RecursionInput;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.SeriesAggregate;
import io.trellisdb.sql.plan.SetOperation;
import io.trellisdb.sql.plan.Sort;
import io.trellisdb.sql.plan.SystemScan;
import io.trellisdb.sql.plan.Unnest;
import io.trellisdb.sql.plan.Values;
import io.trellisdb.sql.plan.Window;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayList;
import java.util.List;

/** Builds the operator of each plan node. */
final class Operators {
    private Operators() {}

    static BatchCursor build(PlanNode plan, Execution execution) {
        if (plan instanceof Scan scan) {
            return new ScanOperator(scan, execution);
        }
        if (plan instanceof SeriesAggregate aggregate) {
            return new SeriesAggregateOperator(aggregate, execution);
        }
        if (plan instanceof Values values) {
            return new ValuesOperator(values, execution);
        }
        if (plan instanceof SystemScan scan) {
            return execution.systemTables().open(scan.table(), scan.columns(), execution.query());
        }
        if (plan instanceof Gather gather) {
            return gather.order().isEmpty()
                    ? new GatherOperator(gather, execution)
                    : new MergeOperator(gather, execution);
        }
        if (plan instanceof RecursionInput input) {
            return new RoundOperator(input, execution);
        }
        if (plan instanceof Recursion recursion) {
            return new RecursionOperator(recursion, execution);
        }
        if (plan instanceof Correlate correlate) {
            return new CorrelateOperator(correlate, build(correlate.left(), execution), execution);
        }
        if (plan instanceof SetOperation operation) {
            return new SetOperator(operation, execution);
        }
        return buildOver(plan, execution);
    }

    private static BatchCursor buildOver(PlanNode plan, Execution execution) {
        List<BatchCursor> inputs = new ArrayList<>();
        try {
            for (PlanNode input : plan.inputs()) {
                inputs.add(build(input, execution));
            }
            return over(plan, inputs, execution);
        } catch (RuntimeException e) {
            closeAll(inputs);
            throw e;
        }
    }

    static void closeAll(List<? extends BatchCursor> cursors) {
        for (BatchCursor cursor : cursors) {
            cursor.close();
        }
    }

    private static BatchCursor over(PlanNode plan, List<BatchCursor> inputs, Execution execution) {
        BatchCursor input = inputs.get(0);
        if (plan instanceof Filter filter) {
            return new FilterOperator(filter, input, execution);
        }
        if (plan instanceof Project project) {
            return new ProjectOperator(project, input, execution);
        }
        if (plan instanceof Limit limit) {
            return new LimitOperator(limit, input, execution);
        }
        if (plan instanceof Aggregate aggregate) {
            return new AggregateOperator(aggregate, input, execution);
        }
        if (plan instanceof Sort sort) {
            return new SortOperator(sort, input, execution);
        }
        if (plan instanceof Join join) {
            return new JoinOperator(join, input, inputs.get(1), execution);
        }
        if (plan instanceof Window window) {
            return new WindowOperator(window, input, execution);
        }
        if (plan instanceof Unnest unnest) {
            return new UnnestOperator(unnest, input, execution);
        }
        throw new IllegalStateException(
                "plan node without operator: " + plan.getClass().getSimpleName());
    }
}
