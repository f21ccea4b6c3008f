package io.trellisdb.coordination.fencing;

import java.time.Duration;

/**
 * How patiently an epoch is fenced.
 *
 * @param attempts how many writes are tried, at least 1
 * @param initialPause before the second attempt
 * @param multiplier of the pause from attempt to attempt
 * @param maxPause the longest pause
 * @param deadline for all attempts and pauses together
 */
public record FencingSettings(
        int attempts, Duration initialPause, double multiplier, Duration maxPause, Duration deadline) {
    public static final FencingSettings DEFAULT =
            new FencingSettings(3, Duration.ofMillis(500), 2, Duration.ofSeconds(2), Duration.ofSeconds(10));

    public FencingSettings {
        if (attempts < 1 || multiplier < 1 || initialPause.isNegative() || maxPause.compareTo(initialPause) < 0) {
            throw new IllegalArgumentException("fencing settings make no sense: " + attempts + " attempts, pauses "
                    + initialPause + " x " + multiplier + " to " + maxPause);
        }
    }

    /** The pause before attempt {@code attempt} (2 is the first that has one), spread by a fifth in both directions. */
    Duration pause(int attempt, double random) {
        double nanos = (double) initialPause.toNanos() * Math.pow(multiplier, attempt - 2);
        double spread = 0.8 + 0.4 * random;
        return Duration.ofNanos((long) Math.min(nanos * spread, (double) maxPause.toNanos()));
    }
}
