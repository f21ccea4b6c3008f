package io.trellisdb.sql.write;

import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.List;

/**
 * Puts new rows into one partition. NOT NULL, CHECK and sizes of the rows were checked where they were made.
 *
 * @param returned positions of the columns that the statement gives back
 * @param context for the expressions of ON CONFLICT
 */
record InsertCommand(
        Target target, List<Chunk> chunks, Conflict conflict, RowRules rules, int[] returned, EvaluationContext context)
        implements WriteCommand {
    @Override
    public WriteDecision decide(WriteContext write) {
        return new InsertDecision(this, write).decide();
    }
}
