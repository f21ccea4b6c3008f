package io.trellisdb.bench.data;

import java.time.Instant;

/**
 * A number of hosts that report together at every tick.
 *
 * @param ticks reports of each host
 */
public record Shape(int hosts, int ticks) {
    public static final long TICK_MILLIS = 10_000;

    /** The moment of the first report, in milliseconds since 1970. */
    public static final long BEGIN_MILLIS =
            Instant.parse("2016-01-01T00:00:00Z").toEpochMilli();

    public Shape {
        if (hosts < 1 || ticks < 1) {
            throw new IllegalArgumentException("a shape has hosts and ticks: " + hosts + ", " + ticks);
        }
    }

    /** Rows when no entry is missing. */
    public long rows() {
        return (long) hosts * ticks;
    }

    /** The moment after the last report, in milliseconds since 1970. */
    public long endMillis() {
        return BEGIN_MILLIS + ticks * TICK_MILLIS;
    }
}
