package io.trellisdb.replication;

import io.trellisdb.common.time.WallClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The node's hybrid logical clock: 48 bits of milliseconds since 1970 and 16 bits that count within one (Kulkarni et al.,
 * "Logical Physical Clocks", 2014). Never goes back, never gives a time twice. Any thread may call it.
 */
public final class HybridClock {
    private static final int LOGICAL_BITS = 16;

    private final WallClock wall;
    private final AtomicLong last = new AtomicLong();

    public HybridClock(WallClock wall) {
        this.wall = wall;
    }

    /** A time after all that were given or observed before. */
    public long next() {
        long physical = wall.epochMillis() << LOGICAL_BITS;
        return last.updateAndGet(before -> Math.max(physical, before + 1));
    }

    /** Another clock has been this far. */
    public void observe(long time) {
        last.accumulateAndGet(time, Math::max);
    }

    /** The milliseconds since 1970 in a hybrid time. */
    public static long millis(long time) {
        return time >>> LOGICAL_BITS;
    }
}
