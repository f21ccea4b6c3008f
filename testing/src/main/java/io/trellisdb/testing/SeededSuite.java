package io.trellisdb.testing;

import java.util.OptionalLong;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A random test run many times: a fixed number of rounds in {@code verify}, its share of the night under the nightly
 * profile (which also fills the {@link ReliabilityLedger}), and exactly one round when a seed is replayed.
 *
 * <pre>{@code
 * new SeededSuite("journal-crash", 100, 0.2).run(random -> crashAndRecover(random));
 * }</pre>
 *
 * The first failing round ends the suite with an error that names its seed.
 */
public final class SeededSuite {
    /** One round; all its choices come from {@code random}. */
    @FunctionalInterface
    public interface Round {
        void run(Random random) throws Exception;
    }

    private final String name;
    private final int rounds;
    private final double nightlyShare;

    /** A suite with a name such as {@code journal-crash}, at least {@code rounds} rounds and a share of the night. */
    public SeededSuite(String name, int rounds, double nightlyShare) {
        if (rounds <= 0) {
            throw new IllegalArgumentException("rounds must be positive: " + rounds);
        }
        this.name = name;
        this.rounds = rounds;
        this.nightlyShare = nightlyShare;
    }

    /** Runs the rounds; {@link AssertionError} with the seed and how to replay it when one fails. */
    public void run(Round round) {
        OptionalLong replayed = Seeds.replayed();
        if (replayed.isPresent()) {
            runOne(round, replayed.getAsLong());
            return;
        }
        NightlyBudget budget = NightlyBudget.share(nightlyShare);
        Tally tally = runWhile(round, budget, Seeds::fresh);
        if (budget.isNightly()) {
            ReliabilityLedger.ofRepository()
                    .append(name, tally.rounds(), tally.rounds(), tally.failure() == null ? 0 : 1);
        }
        if (tally.failure() != null) {
            throw tally.failure();
        }
    }

    Tally runWhile(Round round, NightlyBudget budget, LongSupplier seeds) {
        long done = 0;
        while (done < rounds || budget.hasTime()) {
            done++;
            try {
                runOne(round, seeds.getAsLong());
            } catch (AssertionError e) {
                return new Tally(done, e);
            }
        }
        return new Tally(done, null);
    }

    private void runOne(Round round, long seed) {
        try {
            round.run(new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError(name + " failed, " + Seeds.replayWords(seed) + ": " + e.getMessage(), e);
        }
    }

    record Tally(long rounds, @Nullable AssertionError failure) {}
}
