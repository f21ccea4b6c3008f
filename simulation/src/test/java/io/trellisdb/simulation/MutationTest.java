package io.trellisdb.simulation;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
        long seed = 1;
        while (seed <= SEEDS_MAX && Simulation.run(seed, mutation).violation() == null) {
            seed++;
        }
        assertNotEquals(SEEDS_MAX + 1, seed, () -> "no seed finds it: " + mutation);
    }
}
