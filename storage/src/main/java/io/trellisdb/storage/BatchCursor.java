package io.trellisdb.storage;

import io.trellisdb.common.batch.Batch;
import org.jspecify.annotations.Nullable;

/** A stream of batches; confined to one thread at a time, closed by whoever opened it. */
public interface BatchCursor extends AutoCloseable {
    /** The next batch with at least one row, or null at the end. Failures are {@code TrellisException}s. */
    @Nullable
    Batch next();

    /** Frees what the cursor holds; may be called more than once. */
    @Override
    void close();

    /** A cursor without rows. */
    static BatchCursor empty() {
        return new BatchCursor() {
            @Override
            public @Nullable Batch next() {
                return null;
            }

            @Override
            public void close() {}
        };
    }
}
