package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.GroupTable;
import io.trellisdb.sql.plan.SetOperation;
import io.trellisdb.storage.BatchCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * UNION, INTERSECT, EXCEPT. INTERSECT and EXCEPT count the rows of the later inputs first, then let the first input's rows
 * through while their counts allow it.
 */
final class SetOperator implements Operator {
    private final SetOperation plan;
    private final Execution execution;
    private final DataType[] types;
    private final GroupTable table;
    private final Reservation reservation;
    /** For each distinct row: UNION 1 when seen; else how many rows may still pass (INTERSECT) or must be held (EXCEPT). */
    private long[] counts = new long[64];

    private int input;
    private BatchCursor cursor = BatchCursor.empty();
    private boolean counted;

    SetOperator(SetOperation plan, Execution execution) {
        this.plan = plan;
        this.execution = execution;
        this.types = Outputs.typeArray(plan.output());
        this.table = new GroupTable(Outputs.types(plan.output()));
        this.reservation = execution.reservation();
    }

    @Override
    public @Nullable Batch next() {
        if (plan.kind() == SetOperation.Kind.UNION) {
            return nextOfUnion();
        }
        if (!counted) {
            counted = true;
            for (int i = 1; i < plan.inputs().size(); i++) {
                count(i);
            }
            cursor = Operators.build(plan.inputs().get(0), execution);
        }
        for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
            execution.query().checkActive();
            Batch kept = passing(Outputs.typed(batch, types));
            if (kept.rowCount() > 0) {
                return kept;
            }
        }
        return null;
    }

    private @Nullable Batch nextOfUnion() {
        while (true) {
            execution.query().checkActive();
            Batch batch = cursor.next();
            if (batch == null) {
                cursor.close();
                cursor = BatchCursor.empty();
                if (input == plan.inputs().size()) {
                    return null;
                }
                cursor = Operators.build(plan.inputs().get(input++), execution);
                continue;
            }
            Batch typed = Outputs.typed(batch, types);
            Batch kept = plan.all() ? typed : fresh(typed);
            if (kept.rowCount() > 0) {
                return kept;
            }
        }
    }

    private Batch fresh(Batch batch) {
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        var columns = Outputs.columns(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            int before = table.size();
            if (table.assign(columns, row) == before) {
                rows[count++] = row;
            }
        }
        reservation.atLeast(table.sizeBytes());
        return count == batch.rowCount() ? batch : batch.select(rows, count);
    }

    /** Counts a later input; for INTERSECT the least count over the inputs is what may pass. */
    private void count(int number) {
        boolean intersect = plan.kind() == SetOperation.Kind.INTERSECT;
        long[] own = new long[counts.length];
        try (BatchCursor rows = Operators.build(plan.inputs().get(number), execution)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                execution.query().checkActive();
                Batch typed = Outputs.typed(batch, types);
                int[] groups = new int[typed.rowCount()];
                table.assign(Outputs.columns(typed), typed.rowCount(), groups);
                if (table.size() > own.length) {
                    own = Arrays.copyOf(own, Math.max(table.size(), own.length * 2));
                }
                for (int group : groups) {
                    own[group]++;
                }
                reservation.atLeast(table.sizeBytes() + 16L * own.length);
            }
        }
        counts = Arrays.copyOf(counts, own.length);
        for (int group = 0; group < own.length; group++) {
            boolean first = number == 1;
            counts[group] =
                    intersect ? first ? own[group] : Math.min(counts[group], own[group]) : counts[group] + own[group];
        }
    }

    private Batch passing(Batch batch) {
        boolean intersect = plan.kind() == SetOperation.Kind.INTERSECT;
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        var columns = Outputs.columns(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            int group = table.assign(columns, row);
            if (group >= counts.length) {
                counts = Arrays.copyOf(counts, Math.max(group + 1, counts.length * 2));
            }
            if (intersect ? passesIntersect(group) : passesExcept(group)) {
                rows[count++] = row;
            }
        }
        reservation.atLeast(table.sizeBytes() + 8L * counts.length);
        return count == batch.rowCount() ? batch : batch.select(rows, count);
    }

    private boolean passesIntersect(int group) {
        if (counts[group] <= 0) {
            return false;
        }
        counts[group] = plan.all() ? counts[group] - 1 : 0;
        return true;
    }

    private boolean passesExcept(int group) {
        if (plan.all()) {
            return --counts[group] < 0;
        }
        // once it has passed it counts as present
        return counts[group]++ == 0;
    }

    @Override
    public void close() {
        cursor.close();
        reservation.close();
    }
}
