package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.Join;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.storage.BatchCursor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins: the right side is buffered, by key in a hash table or whole for a nested loop; left's batches pass by. Candidate
 * pairs are formed 4,096 at a time, whatever a key's number of partners.
 */
final class JoinOperator implements Operator {
    private final Join plan;
    private final BatchCursor left;
    private final BatchCursor right;
    private final Execution execution;
    private final DataType[] types;
    private final @Nullable Evaluator condition;
    private final RowStore store;
    private final JoinTable table;
    private ColumnVector[] rightColumns = {};
    private int rightRows;
    private boolean[] rightMatched = {};
    private boolean built;
    private boolean leftEnded;

    /** The left batch in work, its candidates and which of its rows have found a partner. */
    private @Nullable Batch batch;

    private boolean[] leftMatched = {};
    private int leftRow;
    /** The next candidate of {@link #leftRow}, or −1 when it has no more. */
    private int candidate;

    private int unmatchedAt;

    JoinOperator(Join plan, BatchCursor left, BatchCursor right, Execution execution) {
        this.plan = plan;
        this.left = left;
        this.right = right;
        this.execution = execution;
        this.types = Outputs.typeArray(plan.output());
        this.condition = plan.condition() == null ? null : Evaluator.compile(plan.condition(), execution.evaluation());
        this.store = new RowStore(Outputs.types(plan.right().output()), execution.reservation());
        this.table = new JoinTable(plan, execution.reservation(), execution.evaluation());
    }

    @Override
    public @Nullable Batch next() {
        if (!built) {
            build();
        }
        while (true) {
            execution.query().checkActive();
            if (batch == null && !leftEnded) {
                startBatch();
            }
            Batch current = batch;
            if (current == null) {
                return unmatchedRight();
            }
            Batch joined = pairs(current);
            if (joined == null) {
                batch = null;
                joined = finished(current);
            }
            if (joined.rowCount() > 0) {
                return joined;
            }
        }
    }

    private void build() {
        built = true;
        for (Batch rows = right.next(); rows != null; rows = right.next()) {
            execution.query().checkActive();
            store.add(rows);
        }
        right.close();
        rightRows = store.rowCount();
        rightColumns = store.columns();
        table.build(rightColumns, rightRows);
        rightMatched = new boolean[keepsRight() ? rightRows : 0];
        // without partners nothing can come out of these
        leftEnded = rightRows == 0
                && (plan.kind() == Join.Kind.INNER || plan.kind() == Join.Kind.SEMI || plan.kind() == Join.Kind.RIGHT);
    }

    private boolean keepsRight() {
        return plan.kind() == Join.Kind.RIGHT || plan.kind() == Join.Kind.FULL;
    }

    private void startBatch() {
        Batch next = left.next();
        if (next == null) {
            leftEnded = true;
            return;
        }
        batch = next;
        leftMatched = new boolean[next.rowCount()];
        table.probe(next);
        leftRow = 0;
        candidate = table.first(0);
    }

    /** Joins the next candidates; null when the batch has no more. */
    private @Nullable Batch pairs(Batch current) {
        int[] lefts = new int[Batch.MAX_ROWS];
        int[] rights = new int[Batch.MAX_ROWS];
        int count = 0;
        boolean onlyFirst = !emitsPairs() && condition == null;
        while (leftRow < current.rowCount() && count < Batch.MAX_ROWS) {
            boolean settled = !emitsPairs() && leftMatched[leftRow];
            if (candidate < 0 || settled) {
                leftRow++;
                candidate = leftRow < current.rowCount() ? table.first(leftRow) : -1;
                continue;
            }
            lefts[count] = leftRow;
            rights[count++] = candidate;
            candidate = onlyFirst ? -1 : table.following(candidate);
        }
        return count == 0 ? null : joined(current, lefts, rights, count);
    }

    private boolean emitsPairs() {
        return plan.kind() != Join.Kind.SEMI && plan.kind() != Join.Kind.ANTI;
    }

    private Batch joined(Batch current, int[] lefts, int[] rights, int count) {
        Batch pairs = null;
        int[] kept = Outputs.identity(count);
        int keptCount = count;
        if (condition != null || emitsPairs()) {
            pairs = combine(current, lefts, rights, count);
        }
        if (condition != null && pairs != null) {
            keptCount = condition.selectTrue(pairs, kept);
        }
        for (int k = 0; k < keptCount; k++) {
            leftMatched[lefts[kept[k]]] = true;
            if (rightMatched.length > 0) {
                rightMatched[rights[kept[k]]] = true;
            }
        }
        if (!emitsPairs() || pairs == null) {
            return new Batch(0);
        }
        Batch result = keptCount == count ? pairs : pairs.select(kept, keptCount);
        return Outputs.typed(result, types);
    }

    private Batch combine(Batch current, int[] lefts, int[] rights, int count) {
        ColumnVector[] columns = new ColumnVector[current.columnCount() + rightColumns.length];
        for (int i = 0; i < current.columnCount(); i++) {
            columns[i] = current.column(i).select(lefts, count);
        }
        for (int i = 0; i < rightColumns.length; i++) {
            columns[current.columnCount() + i] = rightColumns[i].select(rights, count);
        }
        return new Batch(count, columns);
    }

    /** What a left batch gives once all its candidates are known. */
    private Batch finished(Batch current) {
        boolean wanted;
        switch (plan.kind()) {
            case SEMI -> wanted = true;
            case LEFT, FULL, ANTI -> wanted = false;
            default -> {
                return new Batch(0);
            }
        }
        int[] rows = new int[current.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (leftMatched[row] == wanted) {
                rows[count++] = row;
            }
        }
        Batch chosen = count == rows.length ? current : current.select(rows, count);
        if (emitsPairs()) {
            List<OutputColumn> output = plan.right().output();
            ColumnVector[] nulls = new ColumnVector[output.size()];
            for (int i = 0; i < nulls.length; i++) {
                nulls[i] = Vectors.nulls(output.get(i).type(), count);
            }
            chosen = chosen.with(nulls);
        }
        return Outputs.typed(chosen, types);
    }

    private @Nullable Batch unmatchedRight() {
        if (!keepsRight()) {
            return null;
        }
        int[] rows = new int[Batch.MAX_ROWS];
        int count = 0;
        for (; unmatchedAt < rightRows && count < rows.length; unmatchedAt++) {
            if (!rightMatched[unmatchedAt]) {
                rows[count++] = unmatchedAt;
            }
        }
        if (count == 0) {
            return null;
        }
        List<OutputColumn> output = plan.left().output();
        ColumnVector[] columns = new ColumnVector[output.size() + rightColumns.length];
        for (int i = 0; i < output.size(); i++) {
            columns[i] = Vectors.nulls(output.get(i).type(), count);
        }
        int[] chosen = Arrays.copyOf(rows, count);
        for (int i = 0; i < rightColumns.length; i++) {
            columns[output.size() + i] = rightColumns[i].select(chosen, count);
        }
        return Outputs.typed(new Batch(count, columns), types);
    }

    @Override
    public void close() {
        left.close();
        right.close();
        store.close();
        table.close();
    }
}
