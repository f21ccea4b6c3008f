package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.storage.BatchCursor;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches that are already there, then those of another cursor. */
final class ListCursor implements Operator {
    private final Iterator<Batch> batches;
    private final BatchCursor rest;

    ListCursor(List<Batch> batches) {
        this(batches, BatchCursor.empty());
    }

    ListCursor(List<Batch> batches, BatchCursor rest) {
        this.batches = batches.iterator();
        this.rest = rest;
    }

    @Override
    public @Nullable Batch next() {
        return batches.hasNext() ? batches.next() : rest.next();
    }

    @Override
    public void close() {
        rest.close();
    }
}
