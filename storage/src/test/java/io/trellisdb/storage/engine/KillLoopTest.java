package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.testing.SeededSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process at a random moment (while it opens, replays, writes, makes a checkpoint or closes), opens its store
 * and compares: every acknowledged statement is there, every statement is whole in both of its partitions or in neither, what
 * statements answered is remembered, and nothing else is there. A directory lives on for some rounds.
 */
final class KillLoopTest {
    private static final int ROUNDS = 100;
    /** A directory is left when its threads have made so many statements. */
    private static final long STATEMENTS_MAX = 1000;

    @TempDir
    Path folder;

    private int directories;
    private Life life = new Life(Path.of(""), 0);

    /** A directory and what must be in it. */
    private static final class Life {
        private final Path directory;
        private final long seed;
        private final StoreModel[] models = new StoreModel[KilledChild.THREADS];
        private final long[] known = new long[KilledChild.THREADS];
        private int rounds;

        Life(Path directory, long seed) {
            this.directory = directory;
            this.seed = seed;
            for (int writer = 0; writer < models.length; writer++) {
                models[writer] = new StoreModel();
            }
        }

        boolean isOver() {
            return rounds == 0 || known[0] > STATEMENTS_MAX || known[1] > STATEMENTS_MAX;
        }
    }

    @Test
    void acknowledgedStatementsSurviveTheirProcess() {
        new SeededSuite("store-kill", ROUNDS, 0.3).run(this::killAndCheck);
    }

    private void killAndCheck(Random random) throws Exception {
        if (life.isOver() || random.nextInt(12) == 0) {
            life = new Life(folder.resolve("store" + directories++), random.nextInt(1_000_000));
        }
        life.rounds++;
        Journal.Level level = random.nextInt(4) == 0 ? Journal.Level.BUFFERED : Journal.Level.FLUSH;
        ChildProcess child =
                ChildProcess.start(life.directory, level, life.seed, random.nextLong(), 20 + random.nextInt(200));
        KillPlan plan = KillPlan.random(random);
        plan.run(child);
        try (NodeStore store = Stores.open(KilledChild.options(life.directory, level, life.seed), NanoClock.system())) {
            for (int writer = 0; writer < KilledChild.THREADS; writer++) {
                check(store, writer, child.acknowledged(writer), random);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(plan + ", round " + life.rounds + " of directory " + keep() + ": " + e, e);
        }
    }

    /** A copy that outlives the test. */
    private Path keep() throws IOException {
        Path kept = Files.createTempDirectory("trellis-killed");
        try (var files = Files.walk(life.directory)) {
            for (Path file : files.sorted().toList()) {
                Path target = kept.resolve(life.directory.relativize(file).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(file, target);
                }
            }
        }
        return kept;
    }

    private void check(NodeStore store, int writer, long acknowledged, Random random) {
        PartitionStore first = store.partition(2 * writer);
        PartitionStore second = store.partition(2 * writer + 1);
        long last = first.lastLsn();
        assertEquals(last, second.lastLsn(), "a statement is in one of two partitions");
        long expected = Math.max(acknowledged, life.known[writer]);
        assertTrue(last >= expected, () -> "acknowledged statements are lost: " + expected + ", found " + last);
        Statements statements = KilledChild.statements(life.seed, writer);
        for (long number = life.known[writer] + 1; number <= last; number++) {
            life.models[writer].apply(statements.statement(number).operations());
        }
        life.known[writer] = last;
        life.models[writer].check(first, random);
        life.models[writer].check(second, random);
        StatementResults.check(first.reader(), statements, writer + 1L, last);
    }
}
