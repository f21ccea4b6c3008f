package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.storage.BatchCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes columns. */
final class ProjectOperator implements Operator {
    private final BatchCursor input;
    private final Evaluator[] evaluators;
    private final DataType[] types;

    ProjectOperator(Project plan, BatchCursor input, Execution execution) {
        this.input = input;
        this.types = Outputs.typeArray(plan.output());
        List<Expression> expressions = plan.expressions();
        this.evaluators = new Evaluator[expressions.size()];
        for (int i = 0; i < evaluators.length; i++) {
            evaluators[i] = Evaluator.compile(expressions.get(i), execution.evaluation());
        }
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = input.next();
        if (batch == null) {
            return null;
        }
        ColumnVector[] columns = new ColumnVector[evaluators.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = evaluators[i].evaluate(batch).as(types[i]);
        }
        return new Batch(batch.rowCount(), columns);
    }

    @Override
    public void close() {
        input.close();
    }
}
