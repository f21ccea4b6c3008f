package io.trellisdb.common.time;

import java.time.Instant;

/** Time of day, for timestamps that people or other machines see. It may jump in both directions. */
@FunctionalInterface
public interface WallClock {
    Instant now();

    /** Milliseconds since 1970-01-01T00:00:00Z. */
    default long epochMillis() {
        return now().toEpochMilli();
    }

    /** The machine's clock. */
    static WallClock system() {
        return Instant::now;
    }
}
