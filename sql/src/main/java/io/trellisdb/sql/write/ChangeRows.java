package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows of one partition that were read before, and adds rows: fails with SERIALIZATION_FAILURE when a row is not as
 * it was read.
 *
 * @param touched the unique indexes whose columns may have changed
 */
record ChangeRows(Target target, List<Compared> compared, List<Chunk> inserts, List<UniqueKey> touched, int[] returned)
        implements WriteCommand {
    /**
     * Rows as they were read and as they shall be.
     *
     * @param after rows with their keys, as many as before; null when the rows are deleted
     */
    record Compared(
            List<byte[]> keys,
            Batch before,
            int[] positions,
            @Nullable Chunk after) {}

    @Override
    public WriteDecision decide(WriteContext write) {
        return new ChangeRowsDecision(this, write).decide();
    }
}
