package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.write.WriteContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Unique indexes against the rows that a command is about to put. Confined to one decision. */
final class UniqueChecks {
    private final WriteContext context;
    private final Target target;
    private boolean movesKeys;

    UniqueChecks(WriteContext context, Target target) {
        this.context = context;
        this.target = target;
    }

    /**
     * Fails with UNIQUE_VIOLATION when a row's index key belongs to a row that stays.
     *
     * @param replaced the keys of rows that the command replaces or deletes
     * @param indexes the indexes whose columns may have changed
     */
    void check(List<Chunk> puts, KeyIndex replaced, List<UniqueKey> indexes) {
        for (UniqueKey index : indexes) {
            int rows = puts.stream().mapToInt(chunk -> chunk.rows().rowCount()).sum();
            KeyIndex seen = new KeyIndex(rows);
            for (Chunk chunk : puts) {
                for (int row = 0; row < chunk.rows().rowCount(); row++) {
                    if (!index.hasNull(chunk.rows(), row)) {
                        check(index, chunk, row, seen, replaced);
                    }
                }
            }
        }
    }

    private void check(UniqueKey index, Chunk chunk, int row, KeyIndex seen, KeyIndex replaced) {
        byte[] key = index.key(chunk.rows(), row);
        if (seen.put(key, row) >= 0) {
            throw violation(index, chunk.rows(), row);
        }
        context.lockIndexKey(index.indexId(), key);
        Optional<byte[]> holder = context.reader().findByUniqueIndex(target.id(), index.indexId(), key);
        if (holder.isEmpty() || Arrays.equals(holder.get(), chunk.keys().get(row))) {
            return;
        }
        if (replaced.contains(holder.get())) {
            movesKeys = true;
            return;
        }
        // whoever changes the holder right now may free the key: its lock is waited for before this is a violation
        context.lock(target.id(), holder.get());
        throw violation(index, chunk.rows(), row);
    }

    /** Whether an index key goes from one changed row to another, so that the old rows must go before the new ones come. */
    boolean movesKeys() {
        return movesKeys;
    }

    TrellisException violation(UniqueKey index, Batch rows, int row) {
        return new TrellisException(
                ErrorCode.UNIQUE_VIOLATION,
                "value exists already: unique index " + index.name() + " of "
                        + target.container().name() + ", " + target.describe(index.columns(), rows, row));
    }

    static TrellisException keyViolation(Target target, Batch rows, int row) {
        String name = target.container().name();
        return new TrellisException(
                ErrorCode.UNIQUE_VIOLATION,
                "row with this key exists already: primary key " + name + "_pkey of " + name + ", "
                        + target.describe(target.keyColumns(), rows, row));
    }
}
