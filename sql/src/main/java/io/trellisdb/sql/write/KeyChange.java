package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE or DELETE of rows named by key in one partition, evaluated on their newest versions. Where a key is named several
 * times, each change sees the one before it.
 *
 * @param condition over the row's columns, then the parameters, or null
 * @param assignments over the same; none for DELETE
 */
record KeyChange(
        Target target,
        List<Named> named,
        @Nullable Expression condition,
        List<Assignment> assignments,
        boolean isDelete,
        RowRules rules,
        int[] returned,
        EvaluationContext context)
        implements WriteCommand {
    /**
     * Rows named by key.
     *
     * @param parameters one row for each key
     */
    record Named(List<byte[]> keys, int[] positions, Batch parameters) {
        Named row(int row) {
            return new Named(List.of(keys.get(row)), new int[] {positions[row]}, parameters.slice(row, row + 1));
        }
    }

    @Override
    public WriteDecision decide(WriteContext write) {
        return new KeyChangeDecision(this, write).decide();
    }
}
