package io.trellisdb.sql.aggregate;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ANY_VALUE: the first value that is not NULL. SINGLE_VALUE: the only row's value; a second row is an error. */
final class ValueAccumulator extends Accumulator {
    private final boolean single;
    private final Cells cells;

    ValueAccumulator(boolean single, DataType type) {
        this.single = single;
        this.cells = new Cells(type);
    }

    @Override
    public void resize(int groups) {
        cells.resize(groups);
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        for (int k = 0; k < count; k++) {
            offer(groups[rows[k]], arguments[0], rows[k]);
        }
    }

    private void offer(int group, ColumnVector values, int row) {
        if (single) {
            if (!cells.isEmpty(group)) {
                throw new TrellisException(
                        ErrorCode.CARDINALITY_VIOLATION, "subquery used as a value returned more than one row");
            }
            cells.set(group, values, row);
        } else if (cells.isEmpty(group) && !values.isNull(row)) {
            cells.set(group, values, row);
        }
    }

    @Override
    public void addAggregate(int group, long rows, @Nullable ColumnAggregate column) {
        if (column != null && column.count() > 0 && !single && cells.isEmpty(group)) {
            cells.set(group, column, Cells.Choice.FIRST);
        }
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        cells.append(group, out);
    }

    @Override
    public List<DataType> stateTypes() {
        return single ? List.of() : List.of(cells.type());
    }

    @Override
    public void appendState(int group, VectorBuilder[] out) {
        cells.append(group, out[0]);
    }

    @Override
    public void merge(ColumnVector[] states, int row, int group) {
        offer(group, states[0], row);
    }

    @Override
    public long sizeBytes() {
        return cells.sizeBytes();
    }
}
