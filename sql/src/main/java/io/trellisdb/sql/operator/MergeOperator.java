package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Merges fragments that are each in order. Rows of equal keys come in the order of their partitions. */
final class MergeOperator implements Operator {
    private final Execution execution;
    private final List<SortKey> keys;
    private final List<DataType> types;
    private final List<Fragment> fragments;
    private final List<Source> sources = new ArrayList<>();
    private final PriorityQueue<Source> queue;
    private boolean opened;

    MergeOperator(Gather plan, Execution execution) {
        this.execution = execution;
        this.keys = plan.order();
        this.types = Outputs.types(plan.output());
        this.fragments = Fragments.perPartition(plan, execution);
        this.queue = new PriorityQueue<>((a, b) -> {
            int order = RowOrders.compare(a.batch, a.row, b.batch, b.row, keys);
            return order != 0 ? order : Integer.compare(a.number, b.number);
        });
    }

    /** One fragment's next row. */
    private static final class Source {
        private final int number;
        private final BatchCursor cursor;
        private Batch batch = new Batch(0);
        private int row;

        Source(int number, BatchCursor cursor) {
            this.number = number;
            this.cursor = cursor;
        }

        boolean advance() {
            row++;
            if (row < batch.rowCount()) {
                return true;
            }
            Batch next = cursor.next();
            if (next == null) {
                cursor.close();
                return false;
            }
            batch = next;
            row = 0;
            return true;
        }
    }

    private void open() {
        opened = true;
        for (Fragment fragment : fragments) {
            Source source = new Source(sources.size(), execution.fragments().run(fragment, execution.query()));
            sources.add(source);
            if (source.advance()) {
                queue.add(source);
            }
        }
    }

    @Override
    public @Nullable Batch next() {
        execution.query().checkActive();
        if (!opened) {
            open();
        }
        if (queue.isEmpty()) {
            return null;
        }
        if (queue.size() == 1) {
            return rest(queue.remove());
        }
        BatchBuilder out = new BatchBuilder(types, Batch.MAX_ROWS);
        for (int count = 0; count < Batch.MAX_ROWS && !queue.isEmpty(); count++) {
            Source least = queue.remove();
            for (int i = 0; i < types.size(); i++) {
                out.column(i).appendFrom(least.batch.column(i), least.row);
            }
            if (least.advance()) {
                queue.add(least);
            }
        }
        return out.build();
    }

    /** The last source's rows need no comparison any more. */
    private Batch rest(Source last) {
        Batch rows = last.batch.slice(last.row, last.batch.rowCount());
        last.row = last.batch.rowCount();
        if (last.advance()) {
            queue.add(last);
        }
        return Outputs.typed(rows, types.toArray(DataType[]::new));
    }

    @Override
    public void close() {
        for (Source source : sources) {
            source.cursor.close();
        }
    }
}
