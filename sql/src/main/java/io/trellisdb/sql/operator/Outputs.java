package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.List;

/** Batches of a node's declared output types. */
final class Outputs {
    private Outputs() {}

    static List<DataType> types(List<OutputColumn> output) {
        return output.stream().map(OutputColumn::type).toList();
    }

    static DataType[] typeArray(List<OutputColumn> output) {
        return output.stream().map(OutputColumn::type).toArray(DataType[]::new);
    }

    /** The batch with its columns named as the output's types, which have the same layouts. */
    static Batch typed(Batch batch, DataType[] types) {
        ColumnVector[] columns = new ColumnVector[types.length];
        boolean changed = batch.columnCount() != types.length;
        for (int i = 0; i < columns.length; i++) {
            ColumnVector column = batch.column(i);
            columns[i] = column.as(types[i]);
            changed |= columns[i] != column;
        }
        return changed ? new Batch(batch.rowCount(), columns) : batch;
    }

    static ColumnVector[] columns(Batch batch) {
        ColumnVector[] columns = new ColumnVector[batch.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i);
        }
        return columns;
    }

    static int[] identity(int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        return rows;
    }
}
