package io.trellisdb.storage;

import io.trellisdb.common.batch.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a changing statement answered on one partition, kept beside its token so that a repeated request gets the same.
 *
 * @param updateCount rows inserted, changed or deleted
 * @param returning rows for RETURNING or generated keys, or null; at most {@link Batch#MAX_ROWS} rows
 * @param rowPositions for each row of {@code returning} its position in the statement's parameter rows, so that the gateway
 *     can restore their order over partitions; empty when there is nothing to restore
 */
public record StoredResult(long updateCount, @Nullable Batch returning, List<Integer> rowPositions) {
    public StoredResult {
        rowPositions = List.copyOf(rowPositions);
    }

    public static StoredResult ofCount(long updateCount) {
        return new StoredResult(updateCount, null, List.of());
    }
}
