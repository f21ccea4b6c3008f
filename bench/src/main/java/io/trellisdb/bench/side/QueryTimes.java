package io.trellisdb.bench.side;

import java.util.List;
import java.util.Locale;

/**
 * How long a query took.
 *
 * @param median in milliseconds
 * @param p99 in milliseconds; with fewer than 100 runs, the longest
 */
record QueryTimes(double median, double p99, int runs) {
    private static final double HIGH = 0.99;

    /** @param millis at least one */
    static QueryTimes of(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        int count = sorted.size();
        return new QueryTimes(
                sorted.get(count / 2), sorted.get((int) Math.min(count - 1, Math.floor(count * HIGH))), count);
    }

    Figure figure() {
        String few = runs < QueryTimer.FEWEST_RUNS ? " (" + runs + " runs)" : "";
        return new Figure(median, print(median) + " / " + print(p99) + few);
    }

    private static String print(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%,.0f", millis);
    }
}
