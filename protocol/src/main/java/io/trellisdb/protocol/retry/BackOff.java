package io.trellisdb.protocol.retry;

import java.util.random.RandomGenerator;

/** How long to wait before an attempt: doubling from {@value #FIRST_MILLIS} ms to {@value #MAX_MILLIS} ms, of which chance
 * takes up to half, so that clients that failed together do not come back together. As safe for threads as its generator. */
public final class BackOff {
    static final long FIRST_MILLIS = 20;
    static final long MAX_MILLIS = 1_000;

    private final RandomGenerator random;

    public BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** Milliseconds to wait after the attempt of this number (from 1) failed, at most {@code remainingMillis}. */
    public long delayMillis(int attempt, long remainingMillis) {
        long full = attempt > 16 ? MAX_MILLIS : Math.min(FIRST_MILLIS << attempt - 1, MAX_MILLIS);
        long delay = full / 2 + random.nextLong(full / 2 + 1);
        return Math.max(0, Math.min(delay, remainingMillis));
    }
}
