package io.trellisdb.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.simulation.Coverage.Sometimes;
import io.trellisdb.testing.SeededSuite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole runs. The nightly profile gives them more seeds. */
final class SimulationTest {
    private static final int ROUNDS = 30;
    private static final int FIXED_SEEDS = 60;

    @Test
    void promisesHoldUnderFaultsAndTheClusterComesBack() {
        new SeededSuite("simulation", ROUNDS, 0.3).run(random -> assertHolds(random.nextLong()));
    }

    /** Known seeds, so that a test that has gone blind is seen at once and not some night. */
    @Test
    void everythingHappensSometimes() {
        Coverage all = new Coverage();
        for (long seed = 1; seed <= FIXED_SEEDS; seed++) {
            all.addAll(assertHolds(seed).coverage());
        }
        List<Sometimes> never = new ArrayList<>();
        for (Sometimes each : Sometimes.values()) {
            if (all.count(each) == 0) {
                never.add(each);
            }
        }
        assertTrue(never.isEmpty(), () -> "never happened: " + never);
    }

    @Test
    void sameSeedRepeatsTheSameEvents() {
        for (long seed = 1; seed <= 5; seed++) {
            Simulation.Outcome first = Simulation.run(seed, Mutation.NONE);
            Simulation.Outcome second = Simulation.run(seed, Mutation.NONE);

            assertEquals(first.hash(), second.hash());
            assertEquals(first.events(), second.events());
        }
    }

    private static Simulation.Outcome assertHolds(long seed) {
        Simulation.Outcome outcome = Simulation.run(seed, Mutation.NONE);
        if (outcome.violation() != null) {
            throw new AssertionError("run " + seed + ": " + outcome.violation().getMessage(), outcome.violation());
        }
        return outcome;
    }
}
