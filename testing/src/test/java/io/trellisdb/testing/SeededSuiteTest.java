package io.trellisdb.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeededSuiteTest {
    @TempDir
    Path folder;

    @Test
    void outsideTheNightExactlyTheRoundsRun() {
        AtomicLong seeds = new AtomicLong();
        List<Long> firstChoices = new ArrayList<>();

        SeededSuite.Tally tally = new SeededSuite("suite", 3, 1)
                .runWhile(random -> firstChoices.add(random.nextLong()), budget(0), seeds::incrementAndGet);

        assertEquals(new SeededSuite.Tally(3, null), tally);
        assertEquals(
                List.of(new Random(1).nextLong(), new Random(2).nextLong(), new Random(3).nextLong()), firstChoices);
    }

    @Test
    void nightlyRoundsFillTheirShare() {
        ManualClock clock = new ManualClock();
        NightlyBudget budget = new NightlyBudget(clock, Duration.ofMinutes(10));

        SeededSuite.Tally tally = new SeededSuite("suite", 3, 1)
                .runWhile(random -> clock.advance(Duration.ofMinutes(1)), budget, () -> 1);

        assertTrue(budget.isNightly());
        assertEquals(10, tally.rounds());
    }

    @Test
    void failingRoundEndsTheSuiteAndNamesItsSeed() {
        AtomicLong seeds = new AtomicLong(40);

        SeededSuite.Tally tally = new SeededSuite("suite", 10, 1)
                .runWhile(
                        random -> {
                            if (seeds.get() == 42) {
                                throw new IllegalStateException("row is lost");
                            }
                        },
                        budget(0),
                        seeds::incrementAndGet);

        assertEquals(2, tally.rounds());
        assertEquals(
                "suite failed, replay with -Dtrellis.seed=42: row is lost",
                tally.failure().getMessage());
    }

    @Test
    void seedIsReadFromTheProperty() {
        assertEquals(OptionalLong.of(7), Seeds.parse(" 7 "));
        assertEquals(OptionalLong.empty(), Seeds.parse(""));
        assertThrows(NumberFormatException.class, () -> Seeds.parse("seven"));
    }

    @Test
    void seedIsFoundHoweverTheBuildWasCalled() {
        long seed = Seeds.next("seeded-suite-test");

        assertEquals(Seeds.replayed().orElse(seed), seed);
    }

    @Test
    void shareOfTheNightIsBounded() {
        assertThrows(IllegalArgumentException.class, () -> NightlyBudget.share(0));
        assertThrows(IllegalArgumentException.class, () -> NightlyBudget.share(1.1));
        assertThrows(IllegalArgumentException.class, () -> new SeededSuite("suite", 0, 1));
    }

    @Test
    void ledgerBeginsWithItsHeaderAndOnlyGrows() throws Exception {
        Path file = folder.resolve("docs").resolve("ledger.csv");
        ReliabilityLedger ledger = new ReliabilityLedger(file, "abc123");

        ledger.append("journal-crash", 100, 100, 0);
        ledger.append("cluster", 3, 30, 1);

        assertEquals(
                List.of(ReliabilityLedger.HEADER, "abc123,journal-crash,100,100,0", "abc123,cluster,3,30,1"),
                Files.readAllLines(file));
        assertThrows(IllegalArgumentException.class, () -> ledger.append("a,b", 1, 1, 0));
    }

    @Test
    void sourceTreeIsFoundFromBelow() {
        assertTrue(Files.isRegularFile(RepositoryRoot.find().resolve("pom.xml")));
        assertThrows(IllegalStateException.class, () -> RepositoryRoot.above(Path.of("/")));
    }

    private static NightlyBudget budget(int minutes) {
        return new NightlyBudget(new ManualClock(), Duration.ofMinutes(minutes));
    }
}
