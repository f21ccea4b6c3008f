package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;

/** How many rows the next batch of a scan has: few at first, so that a scan for one row is cheap. Confined to one thread. */
final class ScanSizes {
    /** A batch ends when its stored rows have so many bytes. */
    static final long BATCH_BYTES = 4L * 1024 * 1024;

    private static final int FIRST = 256;
    private static final int GROWTH = 4;

    private long remaining;
    private int size = FIRST;

    ScanSizes(long limit) {
        this.remaining = limit;
    }

    boolean isDone() {
        return remaining <= 0;
    }

    int next() {
        int rows = (int) Math.min(size, remaining);
        size = Math.min(size * GROWTH, Batch.MAX_ROWS);
        return rows;
    }

    void returned(int rows) {
        remaining -= rows;
    }
}
