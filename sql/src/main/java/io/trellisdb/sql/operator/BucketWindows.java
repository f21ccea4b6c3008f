package io.trellisdb.sql.operator;

import io.trellisdb.storage.TimeBucket;

/**
 * Times in the order in which they are asked for: all at once, or from the newest backwards, whole buckets at a time and more
 * each time, until enough buckets were seen. Confined to one thread.
 */
final class BucketWindows {
    /** After so many windows the rest is one. */
    private static final int MAX_STEPS = 2;

    private static final int GROWTH = 16;

    private final long least;
    private final long wanted;
    private final long width;
    private final long origin;
    private long from;
    private long to;
    private int steps;

    private BucketWindows(long least, long from, long to, long wanted, long width, long origin) {
        this.least = least;
        this.from = from;
        this.to = to;
        this.wanted = wanted;
        this.width = width;
        this.origin = origin;
    }

    static BucketWindows all(long from, long to) {
        return new BucketWindows(from, from, to, Long.MAX_VALUE, 0, 0);
    }

    /** @param wanted how many buckets, at least 1 */
    static BucketWindows newest(long from, long to, long wanted, TimeBucket bucket) {
        BucketWindows windows = new BucketWindows(from, from, to, wanted, bucket.width(), bucket.origin());
        windows.from = windows.start(to, wanted - 1);
        return windows;
    }

    /** The start of the bucket this many before the one that holds a time, no less than the least time. */
    private long start(long time, long before) {
        long start = new TimeBucket(origin, width).start(time);
        long distance = start - least;
        boolean isNear = start < least || distance >= 0 && before > distance / width;
        return isNear ? least : start - before * width;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    /** Moves to the times before; false when there are none, or so many buckets are enough. */
    boolean next(long buckets) {
        if (from <= least || buckets >= wanted) {
            return false;
        }
        steps++;
        to = from - 1;
        long more = wanted;
        for (int i = 0; i < steps; i++) {
            more = more > Long.MAX_VALUE / GROWTH ? Long.MAX_VALUE : more * GROWTH;
        }
        from = steps >= MAX_STEPS ? least : start(to, more);
        return true;
    }
}
