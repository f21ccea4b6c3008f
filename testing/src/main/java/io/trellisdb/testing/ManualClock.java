package io.trellisdb.testing;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that moves only when a test says so. Monotonic time and time of day advance together; only the time of day can
 * jump. Any thread may use it.
 */
public final class ManualClock implements NanoClock, WallClock {
    private long nanos;
    private Instant now;

    /** Starts at 2026-01-01T00:00:00Z. */
    public ManualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    public ManualClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    /** Lets time pass; a negative duration is refused, since monotonic time never goes back. */
    public synchronized void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time cannot go back: " + duration);
        }
        nanos = Math.addExact(nanos, duration.toNanos());
        now = now.plus(duration);
    }

    /** Sets the time of day, forward or back, as an operator or a time server might; monotonic time is not moved. */
    public synchronized void jumpTo(Instant instant) {
        now = instant;
    }
}
