package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.storage.BatchCursor;
import org.jspecify.annotations.Nullable;

/** Keeps rows for which a condition is true. */
final class FilterOperator implements Operator {
    private final BatchCursor input;
    private final Evaluator condition;
    private final Execution execution;

    FilterOperator(Filter plan, BatchCursor input, Execution execution) {
        this.input = input;
        this.condition = Evaluator.compile(plan.condition(), execution.evaluation());
        this.execution = execution;
    }

    @Override
    public @Nullable Batch next() {
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            execution.query().checkActive();
            Batch kept = condition.filter(batch);
            if (kept.rowCount() > 0) {
                return kept;
            }
        }
        return null;
    }

    @Override
    public void close() {
        input.close();
    }
}
