package io.trellisdb.bench.data;

import java.time.Duration;

/** How many hosts report, and for how long. */
public enum Scale {
    /** For tests of a measurement itself. */
    XS(100, Duration.ofHours(6)),
    /** The default. */
    S(100, Duration.ofDays(3)),
    /** Wide: many series, one hour. */
    W(4_000, Duration.ofHours(1)),
    /** Large. */
    L(1_000, Duration.ofDays(3)),
    /** Trucks out of coverage: entries are missing, late and repeated. */
    IOT(1_000, Duration.ofHours(12)),
    /** Series of 50 rows each. */
    MANY(10_000, Duration.ofSeconds(500));

    private final int hosts;
    private final int ticks;

    Scale(int hosts, Duration length) {
        this.hosts = hosts;
        this.ticks = (int) (length.toMillis() / Shape.TICK_MILLIS);
    }

    public Shape shape() {
        return new Shape(hosts, ticks);
    }
}
