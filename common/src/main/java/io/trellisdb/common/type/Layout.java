package io.trellisdb.common.type;

/** How the values of a column lie in memory: which vector class holds them. */
public enum Layout {
    /** {@code int[]}: BOOLEAN (0, 1), TINYINT, SMALLINT, INTEGER, DATE (days since 1970-01-01). */
    INT,
    /** {@code long[]}: BIGINT, TIME (nanoseconds of the day), timestamps (own unit), intervals, DECIMAL up to 18 digits (unscaled). */
    LONG,
    /** {@code double[]}: DOUBLE, REAL (only values that a float holds). */
    DOUBLE,
    /** two {@code long[]}, high and low: DECIMAL of 19 to 38 digits (unscaled, two's complement), UUID. */
    INT128,
    /** {@code byte[]} with offsets: strings in UTF-8, binary. */
    BYTES,
    /** offsets into an element vector. */
    ARRAY
}
