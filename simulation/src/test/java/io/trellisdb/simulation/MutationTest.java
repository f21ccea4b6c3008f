package io.trellisdb.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each rule, switched off, is seen to do damage: a mutation that survives is a hole in the simulation. */
final class MutationTest {
    private static final long SEEDS_MAX = 600;

    @TestFactory
    Stream<DynamicTest> eachMutationIsFound() {
        return Arrays.stream(Mutation.values())
                .filter(mutation -> mutation != Mutation.NONE)
                .map(mutation -> DynamicTest.dynamicTest(mutation.name(), () -> assertFound(mutation)));
    }

    private static void assertFound(Mutation mutation) {
        // Any change of the code shifts what a seed does: the likely one saves the search as long as nothing has.
        boolean isFound = finds(mutation, mutation.likelySeed);
        for (long seed = 1; seed <= SEEDS_MAX && !isFound; seed++) {
            isFound = finds(mutation, seed);
        }
        assertTrue(isFound, () -> "no seed finds it: " + mutation);
    }

    private static boolean finds(Mutation mutation, long seed) {
        return Simulation.run(seed, mutation).violation() != null;
    }
}
