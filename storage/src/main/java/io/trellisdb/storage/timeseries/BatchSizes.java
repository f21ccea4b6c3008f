package io.trellisdb.storage.timeseries;

import io.trellisdb.common.batch.Batch;

/** How many rows the next batch of a scan has: few at first, so that a scan for one row is cheap. Confined to one thread. */
public final class BatchSizes {
    /** A batch ends when its stored rows have so many bytes. */
    public static final long BATCH_BYTES = 4L * 1024 * 1024;

    private static final int FIRST = 256;
    private static final int GROWTH = 4;

    private long remaining;
    private int size = FIRST;

    public BatchSizes(long limit) {
        this.remaining = limit;
    }

    public boolean isDone() {
        return remaining <= 0;
    }

    public int next() {
        int rows = (int) Math.min(size, remaining);
        size = Math.min(size * GROWTH, Batch.MAX_ROWS);
        return rows;
    }

    public void returned(int rows) {
        remaining -= rows;
    }
}
