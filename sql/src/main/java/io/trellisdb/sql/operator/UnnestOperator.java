package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.Unnest;
import io.trellisdb.storage.BatchCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One row per array element; rows whose array is empty or NULL vanish. */
final class UnnestOperator implements Operator {
    private final Unnest plan;
    private final BatchCursor input;
    private final Execution execution;
    private final Evaluator array;
    private final DataType[] types;
    private @Nullable Batch batch;
    private @Nullable ArrayVector arrays;
    private int row;
    private int element;

    UnnestOperator(Unnest plan, BatchCursor input, Execution execution) {
        this.plan = plan;
        this.input = input;
        this.execution = execution;
        this.array = Evaluator.compile(plan.array(), execution.evaluation());
        this.types = Outputs.typeArray(plan.output());
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            execution.query().checkActive();
            if (batch == null || arrays == null) {
                batch = input.next();
                if (batch == null) {
                    return null;
                }
                arrays = (ArrayVector) array.evaluate(batch);
                row = 0;
                element = 0;
            }
            Batch result = expand(batch, arrays);
            if (row == batch.rowCount()) {
                batch = null;
            }
            if (result.rowCount() > 0) {
                return result;
            }
        }
    }

    private Batch expand(Batch source, ArrayVector values) {
        int[] rows = new int[Batch.MAX_ROWS];
        int[] elements = new int[Batch.MAX_ROWS];
        int[] ordinals = new int[Batch.MAX_ROWS];
        int count = 0;
        int[] offsets = values.offsets();
        while (row < source.rowCount() && count < Batch.MAX_ROWS) {
            int length = values.isNull(row) ? 0 : offsets[row + 1] - offsets[row];
            if (element == length) {
                row++;
                element = 0;
                continue;
            }
            rows[count] = row;
            elements[count] = offsets[row] + element;
            ordinals[count++] = ++element;
        }
        ColumnVector[] columns = new ColumnVector[types.length];
        for (int i = 0; i < source.columnCount(); i++) {
            columns[i] = source.column(i).select(rows, count);
        }
        columns[source.columnCount()] = values.elements().select(elements, count);
        if (plan.withOrdinality()) {
            columns[source.columnCount() + 1] =
                    new IntVector(DataType.INTEGER, Arrays.copyOf(ordinals, count), null, count);
        }
        return Outputs.typed(new Batch(count, columns), types);
    }

    @Override
    public void close() {
        input.close();
    }
}
