package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import org.jspecify.annotations.Nullable;

/** The rows under evaluation: a batch, or chosen rows of another input whose columns are gathered when first asked for. */
final class Input {
    private final @Nullable ColumnVector[] columns;
    private final @Nullable Input parent;
    private final int[] rows;
    private final int rowCount;

    private Input(@Nullable ColumnVector[] columns, @Nullable Input parent, int[] rows, int rowCount) {
        this.columns = columns;
        this.parent = parent;
        this.rows = rows;
        this.rowCount = rowCount;
    }

    static Input of(Batch batch) {
        @Nullable ColumnVector[] columns = new ColumnVector[batch.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
        }
        return new Input(columns, null, new int[0], batch.rowCount());
    }

    /** One row without columns, for constants. */
    static Input single() {
        return new Input(new ColumnVector[0], null, new int[0], 1);
    }

    int rowCount() {
        return rowCount;
    }

    ColumnVector column(int index) {
        ColumnVector column = columns[index];
        if (column == null) {
            if (parent == null) {
                throw new IllegalStateException("input without column " + index);
            }
            column = parent.column(index).select(rows, rowCount);
            columns[index] = column;
        }
        return column;
    }

    /** The chosen rows of this input; this input when all are chosen. */
    Input select(int[] chosen, int count) {
        return count == rowCount ? this : new Input(new ColumnVector[columns.length], this, chosen, count);
    }
}
