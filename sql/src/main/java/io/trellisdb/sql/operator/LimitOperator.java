package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.sql.plan.Limit;
import io.trellisdb.storage.BatchCursor;
import org.jspecify.annotations.Nullable;

/** Passes over rows, then lets some through. */
final class LimitOperator implements Operator {
    private final BatchCursor input;
    private long toSkip;
    private long left;

    LimitOperator(Limit plan, BatchCursor input, Execution execution) {
        this.input = input;
        this.toSkip = Counts.of(plan.offset(), 0, "OFFSET", execution.evaluation());
        this.left = Counts.of(plan.limit(), Long.MAX_VALUE, "LIMIT", execution.evaluation());
    }

    @Override
    public @Nullable Batch next() {
        while (left > 0) {
            Batch batch = input.next();
            if (batch == null) {
                return null;
            }
            int from = (int) Math.min(toSkip, batch.rowCount());
            toSkip -= from;
            int to = from + (int) Math.min(batch.rowCount() - from, left);
            if (to > from) {
                left -= to - from;
                return batch.slice(from, to);
            }
        }
        return null;
    }

    @Override
    public void close() {
        input.close();
    }
}
