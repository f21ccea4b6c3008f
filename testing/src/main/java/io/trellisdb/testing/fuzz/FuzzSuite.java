package io.trellisdb.testing.fuzz;

import io.trellisdb.testing.NightlyBudget;
import io.trellisdb.testing.ReliabilityLedger;
import io.trellisdb.testing.Seeds;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The fuzz targets of a module as tests; see the package documentation.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> decodersAreHarmless() {
 *     return new FuzzSuite().with("block", BlockFuzz.class, BlockFuzz.seeds()).tests();
 * }
 * }</pre>
 *
 * Immutable.
 */
public final class FuzzSuite {
    /** One target's share of the night: 5 minutes of an hour. */
    private static final double NIGHTLY_SHARE = 1.0 / 12;

    private final List<Target> targets;

    private record Target(String name, Class<?> type, List<byte[]> seeds) {}

    public FuzzSuite() {
        this(List.of());
    }

    private FuzzSuite(List<Target> targets) {
        this.targets = targets;
    }

    /** Adds a target; {@code seeds} are valid inputs from which fuzzing may begin, besides the corpus. */
    public FuzzSuite with(String name, Class<?> type, List<byte[]> seeds) {
        List<Target> more = new ArrayList<>(targets);
        more.add(new Target(name, type, seeds));
        return new FuzzSuite(List.copyOf(more));
    }

    /** The corpus of each target as a test and, under the nightly profile, a run of the fuzzer. */
    public Stream<DynamicTest> tests() {
        return targets.stream().flatMap(target -> {
            DynamicTest corpus = DynamicTest.dynamicTest(target.name() + ": corpus", () -> runCorpus(target));
            boolean isNightly = NightlyBudget.share(NIGHTLY_SHARE).isNightly();
            return isNightly
                    ? Stream.of(corpus, DynamicTest.dynamicTest(target.name() + ": fuzzing", () -> fuzz(target)))
                    : Stream.of(corpus);
        });
    }

    private static List<byte[]> inputs(Target target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(Corpus.of(target.name()).read());
        return inputs;
    }

    private static void runCorpus(Target target) throws Exception {
        MethodHandle entry = MethodHandles.publicLookup()
                .findStatic(target.type(), "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
        for (byte[] input : inputs(target)) {
            try {
                entry.invoke(input.clone());
            } catch (Throwable e) {
                throw new AssertionError(
                        target.name() + " fails on " + Base64.getEncoder().encodeToString(input) + ": " + e, e);
            }
        }
    }

    private static void fuzz(Target target) throws IOException {
        NightlyBudget budget = NightlyBudget.share(NIGHTLY_SHARE);
        long seed = Seeds.next("fuzz-" + target.name());
        List<byte[]> inputs = inputs(target);
        Path folder = Files.createTempDirectory("trellis-fuzz-" + target.name());
        JazzerRun run = new JazzerRun(target.type(), folder);
        JazzerRun.Outcome outcome = run.fuzz(inputs, budget.left(), seed);
        boolean isFailed = !outcome.finding().isEmpty();
        ReliabilityLedger.ofRepository().append("fuzz-" + target.name(), 1, outcome.inputs(), isFailed ? 1 : 0);
        if (isFailed) {
            throw new AssertionError(target.name() + ": " + outcome.finding() + "\nall of it is in " + folder);
        }
        if (Boolean.getBoolean("scripts.rewrite")) {
            inputs.addAll(Corpus.pack(run.found()));
            Corpus.of(target.name()).write(run.minimize(inputs));
        }
    }
}
