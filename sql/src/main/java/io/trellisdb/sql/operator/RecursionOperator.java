package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.GroupTable;
import io.trellisdb.sql.plan.Recursion;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** WITH RECURSIVE: hands rows out while it keeps them for the next round. */
final class RecursionOperator implements Operator {
    /** A recursion that does not end must not run for ever; deep hierarchies and counters stay below this. */
    private static final int MAX_ROUNDS = 100_000;

    private final Recursion plan;
    private final Execution execution;
    private final DataType[] types;
    private final GroupTable seen;
    private final Reservation reservation;
    private List<Batch> round = new ArrayList<>();
    private long roundBytes;
    private long lastRoundBytes;
    private int rounds;
    private @Nullable BatchCursor cursor;
    private boolean ended;

    RecursionOperator(Recursion plan, Execution execution) {
        this.plan = plan;
        this.execution = execution;
        this.types = Outputs.typeArray(plan.output());
        this.seen = new GroupTable(Outputs.types(plan.output()));
        this.reservation = execution.reservation();
    }

    @Override
    public @Nullable Batch next() {
        while (!ended) {
            execution.query().checkActive();
            if (cursor == null) {
                cursor = Operators.build(plan.seed(), execution);
            }
            Batch batch = cursor.next();
            if (batch == null) {
                nextRound();
                continue;
            }
            Batch kept = plan.all() ? Outputs.typed(batch, types) : fresh(Outputs.typed(batch, types));
            if (kept.rowCount() > 0) {
                round.add(kept);
                roundBytes += kept.sizeBytes();
                reservation.atLeast(roundBytes + lastRoundBytes + seen.sizeBytes());
                return kept;
            }
        }
        return null;
    }

    private void nextRound() {
        if (cursor != null) {
            cursor.close();
        }
        if (round.isEmpty()) {
            ended = true;
            return;
        }
        if (++rounds > MAX_ROUNDS) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "recursive query does not end: " + plan.name() + ", more than " + MAX_ROUNDS + " rounds");
        }
        List<Batch> last = round;
        lastRoundBytes = roundBytes;
        round = new ArrayList<>();
        roundBytes = 0;
        cursor = Operators.build(plan.step(), execution.withRound(plan.name(), last));
    }

    private Batch fresh(Batch batch) {
        ColumnVector[] columns = Outputs.columns(batch);
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            int before = seen.size();
            if (seen.assign(columns, row) == before) {
                rows[count++] = row;
            }
        }
        return count == rows.length ? batch : batch.select(rows, count);
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
        reservation.close();
    }
}
