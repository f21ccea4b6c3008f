package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.kernel.Casts;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows written in the statement. */
final class ValuesOperator implements Operator {
    private final Values plan;
    private final Execution execution;
    private final List<DataType> types;
    private int at;

    ValuesOperator(Values plan, Execution execution) {
        this.plan = plan;
        this.execution = execution;
        this.types = Outputs.types(plan.output());
    }

    @Override
    public @Nullable Batch next() {
        execution.query().checkActive();
        int to = Math.min(plan.rows().size(), at + Batch.MAX_ROWS);
        if (at == to) {
            return null;
        }
        if (types.isEmpty()) {
            Batch rows = new Batch(to - at);
            at = to;
            return rows;
        }
        BatchBuilder builder = new BatchBuilder(types, to - at);
        for (; at < to; at++) {
            List<Expression> row = plan.rows().get(at);
            for (int i = 0; i < row.size(); i++) {
                append(builder, i, row.get(i));
            }
        }
        return builder.build();
    }

    private void append(BatchBuilder builder, int column, Expression expression) {
        DataType type = types.get(column);
        if (expression instanceof Literal literal && literal.type().equals(type)) {
            builder.column(column).append(literal.value());
            return;
        }
        ColumnVector value = Evaluator.constant(expression, execution.evaluation());
        builder.column(column).appendFrom(Casts.convert(value, type, false, execution.evaluation()), 0);
    }

    @Override
    public void close() {}
}
