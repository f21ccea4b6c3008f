package io.trellisdb.sql;

/**
 * Bounds of the engine.
 *
 * @param exactPlans most plans kept by the exact text of their statement
 * @param normalisedPlans most plans kept by their text with literals taken out
 * @param transactionBytes most bytes of rows that one statement may change
 * @param rerunLimit how often a change of rows that were read first is run again when they changed in between
 */
public record SqlOptions(int exactPlans, int normalisedPlans, long transactionBytes, int rerunLimit) {
    private static final int PLANS = 4096;
    private static final long TRANSACTION_BYTES = 256L << 20;
    private static final int RERUNS = 10;

    public SqlOptions {
        if (exactPlans < 1 || normalisedPlans < 1 || transactionBytes < 1 || rerunLimit < 0) {
            throw new IllegalArgumentException("bound is not positive");
        }
    }

    public static SqlOptions defaults() {
        return new SqlOptions(PLANS, PLANS, TRANSACTION_BYTES, RERUNS);
    }
}
