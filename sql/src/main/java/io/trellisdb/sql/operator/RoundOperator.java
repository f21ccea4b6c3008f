package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.RecursionInput;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a recursion's last round. */
final class RoundOperator implements Operator {
    private final Iterator<Batch> rows;
    private final DataType[] types;

    RoundOperator(RecursionInput plan, Execution execution) {
        List<Batch> round = execution.rounds().get(plan.name());
        if (round == null) {
            throw new IllegalStateException("no recursion of this name around its input: " + plan.name());
        }
        this.rows = round.iterator();
        this.types = Outputs.typeArray(plan.output());
    }

    @Override
    public @Nullable Batch next() {
        return rows.hasNext() ? Outputs.typed(rows.next(), types) : null;
    }

    @Override
    public void close() {}
}
