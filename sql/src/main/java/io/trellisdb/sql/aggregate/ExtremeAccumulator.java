package io.trellisdb.sql.aggregate;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MIN and MAX, and the values that stand beside them: MIN_BY, MAX_BY, FIRST, LAST(value, x). Rows whose x is NULL take no
 * part; among rows of equal x the first one counts; a NULL value beside the extreme x is the result.
 */
final class ExtremeAccumulator extends Accumulator {
    private final int sign;
    private final Cells keys;
    private final @Nullable Cells values;

    /** @param value the type of the value beside the key, or null when the key itself is the result */
    ExtremeAccumulator(boolean greatest, DataType key, @Nullable DataType value) {
        this.sign = greatest ? 1 : -1;
        this.keys = new Cells(key);
        this.values = value == null ? null : new Cells(value);
    }

    @Override
    public void resize(int groups) {
        keys.resize(groups);
        if (values != null) {
            values.resize(groups);
        }
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        ColumnVector value = arguments[0];
        ColumnVector key = arguments[arguments.length - 1];
        for (int k = 0; k < count; k++) {
            offer(groups[rows[k]], key, value, rows[k]);
        }
    }

    private void offer(int group, ColumnVector key, ColumnVector value, int row) {
        if (key.isNull(row)) {
            return;
        }
        if (keys.isEmpty(group) || sign * keys.compare(group, key, row) < 0) {
            keys.set(group, key, row);
            if (values != null) {
                values.set(group, value, row);
            }
        }
    }

    /** FIRST and LAST by time: the group has no other aggregate than this one, whose rows are in order. */
    @Override
    public void addAggregate(int group, long rows, @Nullable ColumnAggregate column) {
        if (column == null) {
            throw new IllegalStateException("aggregate without a column");
        }
        if (values != null) {
            boolean isNull = sign > 0 ? column.endsWithNull() : column.startsWithNull();
            if (isNull) {
                values.clear(group);
            } else {
                values.set(group, column, sign > 0 ? Cells.Choice.LAST : Cells.Choice.FIRST);
            }
            return;
        }
        Cells.Choice choice = sign > 0 ? Cells.Choice.MAX : Cells.Choice.MIN;
        if (column.count() > 0 && (keys.isEmpty(group) || sign * keys.compare(group, column, choice) < 0)) {
            keys.set(group, column, choice);
        }
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        (values == null ? keys : values).append(group, out);
    }

    @Override
    public List<DataType> stateTypes() {
        List<DataType> types = new ArrayList<>();
        if (values != null) {
            types.add(values.type());
        }
        types.add(keys.type());
        return types;
    }

    @Override
    public void appendState(int group, VectorBuilder[] out) {
        if (values != null) {
            values.append(group, out[0]);
        }
        keys.append(group, out[out.length - 1]);
    }

    @Override
    public void merge(ColumnVector[] states, int row, int group) {
        offer(group, states[states.length - 1], states[0], row);
    }

    @Override
    public long sizeBytes() {
        return keys.sizeBytes() + (values == null ? 0 : values.sizeBytes());
    }
}
