package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.RowSort;
import io.trellisdb.sql.plan.Sort;
import io.trellisdb.storage.BatchCursor;
import org.jspecify.annotations.Nullable;

/**
 * Orders rows, stably. With a limit only the best rows are kept: the buffer is cut whenever it has grown well beyond them,
 * and rows behind the worst one kept are not buffered at all.
 */
final class SortOperator implements Operator {
    /** How many rows the buffer may hold beyond those wanted, so that cutting is rare. */
    private static final int SLACK_ROWS = 4 * Batch.MAX_ROWS;

    private final Sort plan;
    private final BatchCursor input;
    private final Execution execution;
    private final RowStore store;
    private final DataType[] types;
    private final long offset;
    private final long wanted;
    private @Nullable Batch worst;
    private ColumnVector[] columns = {};
    private int[] rows = {};
    private boolean consumed;
    private int at;

    SortOperator(Sort plan, BatchCursor input, Execution execution) {
        this.plan = plan;
        this.input = input;
        this.execution = execution;
        this.types = Outputs.typeArray(plan.output());
        this.store = new RowStore(Outputs.types(plan.input().output()), execution.reservation());
        this.offset = Counts.of(plan.offset(), 0, "OFFSET", execution.evaluation());
        long limit = Counts.of(plan.limit(), Long.MAX_VALUE, "LIMIT", execution.evaluation());
        this.wanted = limit == 0 ? 0 : limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + limit;
    }

    @Override
    public @Nullable Batch next() {
        if (!consumed) {
            consume();
        }
        execution.query().checkActive();
        int end = (int) Math.min(rows.length, wanted);
        int to = Math.min(end, at + Batch.MAX_ROWS);
        if (at >= to) {
            return null;
        }
        Batch batch = RowStore.select(columns, rows, at, to);
        at = to;
        return Outputs.typed(batch, types);
    }

    private void consume() {
        consumed = true;
        if (wanted > 0) {
            for (Batch batch = input.next(); batch != null; batch = input.next()) {
                execution.query().checkActive();
                Batch better = better(batch);
                if (better.rowCount() > 0) {
                    store.add(better);
                }
                if (store.rowCount() > wanted + SLACK_ROWS && store.rowCount() / 2 > wanted) {
                    cut();
                }
            }
        }
        input.close();
        columns = store.columns();
        rows = sorted(columns, store.rowCount());
        at = (int) Math.min(offset, rows.length);
    }

    private int[] sorted(ColumnVector[] whole, int count) {
        int[] order = Outputs.identity(count);
        if (!plan.keys().isEmpty()) {
            RowSort.sort(order, 0, count, RowOrders.of(whole, plan.keys()));
        }
        return order;
    }

    private void cut() {
        int count = store.rowCount();
        ColumnVector[] whole = store.columns();
        int[] order = sorted(whole, count);
        int kept = (int) wanted;
        store.replace(whole, order, kept);
        worst = RowStore.select(whole, order, kept - 1, kept);
    }

    /** The rows before the worst one kept: later rows of equal keys come behind it. */
    private Batch better(Batch batch) {
        if (worst == null || plan.keys().isEmpty()) {
            return batch;
        }
        int[] chosen = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (RowOrders.compare(batch, row, worst, 0, plan.keys()) < 0) {
                chosen[count++] = row;
            }
        }
        return count == batch.rowCount() ? batch : batch.select(chosen, count);
    }

    @Override
    public void close() {
        input.close();
        store.close();
    }
}
