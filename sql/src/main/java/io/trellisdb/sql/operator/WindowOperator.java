package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.RowSort;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.Window;
import io.trellisdb.sql.plan.WindowCall;
import io.trellisdb.sql.plan.WindowGroup;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Buffers its input, computes each group's functions over the sorted rows, and gives the rows out in their old order. */
final class WindowOperator implements Operator {
    private final Window plan;
    private final BatchCursor input;
    private final Execution execution;
    private final RowStore store;
    private final Reservation results;
    private final DataType[] types;
    private ColumnVector[] columns = {};
    private int rowCount;
    private int at;
    private boolean consumed;

    WindowOperator(Window plan, BatchCursor input, Execution execution) {
        this.plan = plan;
        this.input = input;
        this.execution = execution;
        this.types = Outputs.typeArray(plan.output());
        this.store = new RowStore(Outputs.types(plan.input().output()), execution.reservation());
        this.results = execution.reservation();
    }

    @Override
    public @Nullable Batch next() {
        if (!consumed) {
            consume();
        }
        execution.query().checkActive();
        int to = Math.min(rowCount, at + Batch.MAX_ROWS);
        if (at == to) {
            return null;
        }
        ColumnVector[] slices = new ColumnVector[columns.length];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = columns[i].slice(at, to);
        }
        Batch batch = new Batch(to - at, slices);
        at = to;
        return Outputs.typed(batch, types);
    }

    private void consume() {
        consumed = true;
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            execution.query().checkActive();
            store.add(batch);
        }
        input.close();
        rowCount = store.rowCount();
        ColumnVector[] inputs = store.columns();
        List<ColumnVector> all = new ArrayList<>(List.of(inputs));
        for (WindowGroup group : plan.groups()) {
            compute(group, inputs, all);
        }
        columns = all.toArray(new ColumnVector[0]);
    }

    private void compute(WindowGroup group, ColumnVector[] inputs, List<ColumnVector> all) {
        // the permutation, its inverse, the peers and the frames: about eight ints a row
        results.atLeast(resultBytes(all, inputs.length) + 32L * rowCount);
        int[] order = sorted(group, inputs);
        WindowRows rows = new WindowRows(inputs, order, group);
        int[] positions = new int[rowCount];
        for (int i = 0; i < rowCount; i++) {
            positions[order[i]] = i;
        }
        FrameBounds frames = new FrameBounds(rows, group, execution);
        for (WindowCall call : group.calls()) {
            VectorBuilder out = VectorBuilder.of(types[all.size()], rowCount);
            for (int start = 0; start < rowCount; start = rows.partitionEnd(start)) {
                execution.query().checkActive();
                WindowFunctions.append(call, rows, frames, start, rows.partitionEnd(start), execution, out);
            }
            all.add(out.build().select(positions, rowCount));
            results.atLeast(resultBytes(all, inputs.length) + 32L * rowCount);
        }
    }

    private static long resultBytes(List<ColumnVector> all, int from) {
        long bytes = 0;
        for (int i = from; i < all.size(); i++) {
            bytes += 2 * all.get(i).sizeBytes();
        }
        return bytes;
    }

    private int[] sorted(WindowGroup group, ColumnVector[] inputs) {
        List<SortKey> keys = new ArrayList<>();
        for (int column : group.partitionBy()) {
            keys.add(SortKey.ascending(column));
        }
        keys.addAll(group.orderBy());
        int[] order = Outputs.identity(rowCount);
        if (!keys.isEmpty()) {
            RowSort.sort(order, 0, rowCount, RowOrders.of(inputs, keys));
        }
        return order;
    }

    @Override
    public void close() {
        input.close();
        store.close();
        results.close();
    }
}
