package io.trellisdb.bench.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Rows of which some arrive a second time, a minute to an hour after the first; so one batch never holds a row twice, which
 * several systems refuse.
 */
final class RepeatedRows implements Iterator<CpuRow> {
    private static final long EARLIEST_MILLIS = 60_000;
    private static final long LATEST_MILLIS = 3_600_000;
    private static final long QUIET_END_MILLIS = 600_000;

    private final Iterator<CpuRow> once;
    private final SplittableRandom random;
    private final double share;
    private final long lastMillis;
    private final HeldRows held = new HeldRows();
    private long nowMillis = Long.MIN_VALUE;

    /**
     * @param share of the rows that are repeated
     * @param endMillis the end of the data; the last ten minutes before it are not repeated
     */
    RepeatedRows(Iterator<CpuRow> once, SplittableRandom random, double share, long endMillis) {
        this.once = once;
        this.random = random;
        this.share = share;
        this.lastMillis = endMillis - QUIET_END_MILLIS;
    }

    @Override
    public boolean hasNext() {
        return once.hasNext() || !held.isEmpty();
    }

    @Override
    public CpuRow next() {
        if (held.isDue(nowMillis) || !once.hasNext()) {
            if (held.isEmpty()) {
                throw new NoSuchElementException("all rows were read");
            }
            return held.release();
        }
        CpuRow row = once.next();
        nowMillis = Math.max(nowMillis, row.timestampMillis());
        if (nowMillis < lastMillis && random.nextDouble() < share) {
            held.hold(row, nowMillis + random.nextLong(EARLIEST_MILLIS, LATEST_MILLIS));
        }
        return row;
    }
}
