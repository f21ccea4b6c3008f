package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.GroupTable;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.Correlate;
import io.trellisdb.sql.plan.Join;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.storage.BatchCursor;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the right side for every left row. Results are remembered by the outer values that the right side reads, as long as
 * they are small, so that repeated values (or none at all) run it once.
 */
final class CorrelateOperator implements Operator {
    private static final int MAX_REMEMBERED = 1024;
    private static final int MAX_REMEMBERED_ROWS = 4 * Batch.MAX_ROWS;

    private final Correlate plan;
    private final BatchCursor left;
    private final Execution execution;
    private final DataType[] types;
    private final @Nullable Evaluator condition;
    private final OuterColumns outer;
    private final Map<ByteBuffer, List<Batch>> remembered = new HashMap<>();
    private final Reservation reservation;
    private final Deque<Batch> ready = new ArrayDeque<>();
    private long rememberedBytes;
    private @Nullable Batch batch;
    private int row;

    /** The right side's run for the current left row. */
    private @Nullable BatchCursor right;

    private boolean matched;

    CorrelateOperator(Correlate plan, BatchCursor left, Execution execution) {
        this.plan = plan;
        this.left = left;
        this.execution = execution;
        this.types = Outputs.typeArray(plan.output());
        this.condition = plan.condition() == null ? null : Evaluator.compile(plan.condition(), execution.evaluation());
        this.outer = OuterColumns.of(plan.right(), plan.correlationId());
        this.reservation = execution.reservation();
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            execution.query().checkActive();
            if (!ready.isEmpty()) {
                return ready.remove();
            }
            if (batch == null) {
                batch = left.next();
                row = 0;
                if (batch == null) {
                    return null;
                }
            }
            step(batch);
            if (row == batch.rowCount()) {
                batch = null;
            }
        }
    }

    /** Takes one more right batch for the current row, or ends the row. */
    private void step(Batch current) {
        if (right == null) {
            right = open(current.slice(row, row + 1), current);
            matched = false;
        }
        boolean onlyExistence = plan.kind() == Join.Kind.SEMI || plan.kind() == Join.Kind.ANTI;
        Batch found = matched && onlyExistence ? null : right.next();
        if (found != null) {
            Batch joined = join(current, found);
            matched |= joined.rowCount() > 0;
            if (!onlyExistence && joined.rowCount() > 0) {
                ready.add(Outputs.typed(joined, types));
            }
            return;
        }
        right.close();
        right = null;
        end(current);
        row++;
    }

    private Batch join(Batch current, Batch found) {
        if (condition == null && (plan.kind() == Join.Kind.SEMI || plan.kind() == Join.Kind.ANTI)) {
            return found;
        }
        int[] repeated = new int[found.rowCount()];
        Arrays.fill(repeated, row);
        ColumnVector[] columns = new ColumnVector[current.columnCount() + found.columnCount()];
        for (int i = 0; i < current.columnCount(); i++) {
            columns[i] = current.column(i).select(repeated, repeated.length);
        }
        for (int i = 0; i < found.columnCount(); i++) {
            columns[current.columnCount() + i] = found.column(i);
        }
        Batch joined = new Batch(found.rowCount(), columns);
        return condition == null ? joined : condition.filter(joined);
    }

    private void end(Batch current) {
        boolean wanted =
                switch (plan.kind()) {
                    case SEMI -> matched;
                    case LEFT, ANTI -> !matched;
                    default -> false;
                };
        if (!wanted) {
            return;
        }
        Batch single = current.slice(row, row + 1);
        if (plan.kind() == Join.Kind.LEFT) {
            List<OutputColumn> output = plan.right().output();
            ColumnVector[] nulls = new ColumnVector[output.size()];
            for (int i = 0; i < nulls.length; i++) {
                nulls[i] = Vectors.nulls(output.get(i).type(), 1);
            }
            single = single.with(nulls);
        }
        ready.add(Outputs.typed(single, types));
    }

    private BatchCursor open(Batch outerRow, Batch current) {
        Execution inner = execution.withOuterRow(plan.correlationId(), outerRow);
        if (!outer.repeatable()) {
            return Operators.build(plan.right(), inner);
        }
        ByteBuffer key = key(current);
        List<Batch> known = remembered.get(key);
        if (known != null) {
            return new ListCursor(known);
        }
        BatchCursor cursor = Operators.build(plan.right(), inner);
        if (remembered.size() >= MAX_REMEMBERED) {
            return cursor;
        }
        return remember(key, cursor);
    }

    private ByteBuffer key(Batch current) {
        ByteWriter out = new ByteWriter(32);
        for (int column : outer.columns()) {
            GroupTable.encode(out, current.column(column), row);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    /** Reads a result ahead; when it grows too long it is handed on without being kept. */
    private BatchCursor remember(ByteBuffer key, BatchCursor cursor) {
        List<Batch> rows = new ArrayList<>();
        long bytes = key.capacity();
        int count = 0;
        boolean done = false;
        try {
            while (!done && count <= MAX_REMEMBERED_ROWS) {
                Batch found = cursor.next();
                done = found == null;
                if (found != null) {
                    rows.add(found);
                    count += found.rowCount();
                    bytes += found.sizeBytes();
                    reservation.atLeast(rememberedBytes + bytes);
                }
            }
        } catch (RuntimeException e) {
            cursor.close();
            throw e;
        }
        if (!done) {
            return new ListCursor(rows, cursor);
        }
        cursor.close();
        rememberedBytes += bytes;
        remembered.put(key, rows);
        return new ListCursor(rows);
    }

    @Override
    public void close() {
        left.close();
        if (right != null) {
            right.close();
        }
        reservation.close();
    }
}
