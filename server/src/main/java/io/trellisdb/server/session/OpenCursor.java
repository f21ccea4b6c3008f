package io.trellisdb.server.session;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.sql.ExecutionResult;
import io.trellisdb.sql.ResultColumn;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.QueryContext;
import org.jspecify.annotations.Nullable;

/**
 * A result that is being read: hands out slices no larger than the credit and looks one batch ahead, so that the last slice
 * is known to be the last. Confined to the session's running request.
 */
final class OpenCursor implements AutoCloseable {
    /** Slices are cut so that a frame stays well below its bound. */
    private static final long MAX_SLICE_BYTES = 1L << 20;

    private final long id;
    private final ExecutionResult.Rows rows;
    private final MemoryBudget memory;
    private final @Nullable QueryContext context;
    private long rowsLeft;
    private @Nullable Batch next;

    /** @param maxRows rows after which the result ends; 0 for all */
    OpenCursor(long id, ExecutionResult.Rows rows, long maxRows, MemoryBudget memory, @Nullable QueryContext context) {
        this.id = id;
        this.rows = rows;
        this.memory = memory;
        this.context = context;
        this.rowsLeft = maxRows == 0 ? Long.MAX_VALUE : maxRows;
        this.next = rows.cursor().next();
    }

    long id() {
        return id;
    }

    @Nullable
    QueryContext context() {
        return context;
    }

    boolean isFinished() {
        return next == null || rowsLeft == 0;
    }

    /** At most {@code credit} rows; no rows only when the result is finished. */
    Batch take(long credit) {
        Batch batch = next;
        if (batch == null || rowsLeft == 0) {
            return new BatchBuilder(
                            rows.columns().stream().map(ResultColumn::type).toList(), 0)
                    .build();
        }
        long bound = Math.min(Math.min(credit, rowsLeft), rowsPerSlice(batch));
        int count = (int) Math.min(bound, batch.rowCount());
        rowsLeft -= count;
        next = count < batch.rowCount()
                ? batch.slice(count, batch.rowCount())
                : rows.cursor().next();
        return batch.slice(0, count);
    }

    private static long rowsPerSlice(Batch batch) {
        long size = batch.sizeBytes();
        return size <= MAX_SLICE_BYTES ? Batch.MAX_ROWS : Math.max(1, batch.rowCount() * MAX_SLICE_BYTES / size);
    }

    @Override
    public void close() {
        try {
            rows.cursor().close();
        } finally {
            memory.releaseAll();
        }
    }
}
