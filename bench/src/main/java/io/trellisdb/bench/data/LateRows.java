package io.trellisdb.bench.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/** Rows of which some arrive up to an hour after their time: single ones, or batches as a whole. */
final class LateRows implements Iterator<CpuRow> {
    private static final long LATEST_MILLIS = 3_600_000;

    private final Iterator<CpuRow> punctual;
    private final SplittableRandom random;
    private final double share;
    private final int batchRows;
    private final HeldRows held = new HeldRows();
    private int leftInBatch;
    private long delayMillis;
    private long nowMillis = Long.MIN_VALUE;

    /**
     * @param punctual rows in order of time
     * @param share of the batches that are late
     * @param batchRows rows that share one decision and one delay
     */
    LateRows(Iterator<CpuRow> punctual, SplittableRandom random, double share, int batchRows) {
        this.punctual = punctual;
        this.random = random;
        this.share = share;
        this.batchRows = batchRows;
    }

    @Override
    public boolean hasNext() {
        return punctual.hasNext() || !held.isEmpty();
    }

    @Override
    public CpuRow next() {
        if (held.isDue(nowMillis)) {
            return held.release();
        }
        while (punctual.hasNext()) {
            CpuRow row = punctual.next();
            nowMillis = row.timestampMillis();
            if (leftInBatch-- == 0) {
                leftInBatch = batchRows - 1;
                delayMillis = random.nextDouble() < share ? random.nextLong(LATEST_MILLIS) : 0;
            }
            if (delayMillis == 0) {
                return row;
            }
            held.hold(row, nowMillis + delayMillis);
        }
        if (held.isEmpty()) {
            throw new NoSuchElementException("all rows were read");
        }
        return held.release();
    }
}
