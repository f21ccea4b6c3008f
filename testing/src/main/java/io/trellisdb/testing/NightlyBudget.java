package io.trellisdb.testing;

import io.trellisdb.common.time.NanoClock;
import java.time.Duration;

/**
 * How long one suite may run under the nightly profile: its share of {@code -Dnightly.minutes}. Outside that profile the
 * budget is empty and a suite runs its fixed number of rounds.
 */
public final class NightlyBudget {
    private static final String PROPERTY = "trellis.nightly.minutes";

    private final NanoClock clock;
    private final Duration length;
    private final long startNanos;

    NightlyBudget(NanoClock clock, Duration length) {
        this.clock = clock;
        this.length = length;
        this.startNanos = clock.nanoTime();
    }

    /** Starts the budget of a suite that gets {@code share} of the night, above 0 and at most 1. */
    public static NightlyBudget share(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1: " + share);
        }
        double minutes = Double.parseDouble(System.getProperty(PROPERTY, "0"));
        return new NightlyBudget(NanoClock.system(), Duration.ofMillis((long) (minutes * share * 60_000)));
    }

    /** Whether the nightly profile is on. */
    public boolean isNightly() {
        return !length.isZero();
    }

    /** What is left; zero or less when it is used up. */
    public Duration left() {
        return length.minusNanos(clock.nanoTime() - startNanos);
    }

    /** Whether time is left; never outside the nightly profile. */
    public boolean hasTime() {
        return clock.nanoTime() - startNanos < length.toNanos();
    }
}
