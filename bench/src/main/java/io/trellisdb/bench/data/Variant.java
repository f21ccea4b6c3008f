package io.trellisdb.bench.data;

import java.util.Locale;

/** How precise the walked values are, which decides how well they compress. */
public enum Variant {
    /** Whole numbers, as the Time Series Benchmark Suite writes them. */
    TSBS,
    /** Two decimals, as a sensor reports. */
    SENSOR,
    /** All bits of the walk. */
    RAW64;

    private static final double HUNDREDTHS = 100;

    double rounded(double value) {
        return switch (this) {
            case TSBS -> Math.rint(value);
            case SENSOR -> Math.rint(value * HUNDREDTHS) / HUNDREDTHS;
            case RAW64 -> value;
        };
    }

    /** The name in options and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
