package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.storage.BatchCursor;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of many keys, read batch by batch. Confined to one thread. */
final class KeyedCursor implements BatchCursor {
    private final List<byte[]> keys;
    private final Function<List<byte[]>, Batch> read;
    private int next;

    KeyedCursor(List<byte[]> keys, Function<List<byte[]>, Batch> read) {
        this.keys = keys;
        this.read = read;
    }

    @Override
    public @Nullable Batch next() {
        while (next < keys.size()) {
            int end = Math.min(keys.size(), next + Batch.MAX_ROWS);
            Batch batch = read.apply(keys.subList(next, end));
            next = end;
            if (batch.rowCount() > 0) {
                return batch;
            }
        }
        return null;
    }

    @Override
    public void close() {
        next = keys.size();
    }
}
