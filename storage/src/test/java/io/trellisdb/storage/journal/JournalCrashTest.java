package io.trellisdb.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.storage.Journal.Level;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.testing.SeededSuite;
import io.trellisdb.testing.vfs.Fault;
import io.trellisdb.testing.vfs.FaultPlan;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A disk that loses, tears and reorders what was not forced, power that fails at any operation, and the journal opened again
 * and again: every acknowledged group is there, every group is whole or absent, and the order is kept.
 */
final class JournalCrashTest {
    /** All groups ever appended and not given up by a crash, and how many of them were acknowledged. */
    private static final class Truth {
        private final List<String> groups = new ArrayList<>();
        private final List<JournalFixture.Outcome> outcomes = new ArrayList<>();
        private int recoveredFrom;

        int acknowledged() {
            int count = recoveredFrom;
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).isDurable()) {
                    count = recoveredFrom + i + 1;
                }
            }
            return count;
        }
    }

    @Test
    void acknowledgedGroupsSurviveAnyCrash() {
        new SeededSuite("journal-crash", 400, 0.2).run(random -> live(random, Level.FLUSH));
    }

    @Test
    void groupsStayWholeAndOrderedUnderBuffered() {
        new SeededSuite("journal-crash-buffered", 200, 0.1).run(random -> live(random, Level.BUFFERED));
    }

    private static void live(Random random, Level level) {
        MemoryVfs vfs = new MemoryVfs();
        Truth truth = new Truth();
        int segmentBytes = 300 + random.nextInt(3000);
        for (int life = 0; life < 6; life++) {
            JournalFixture fixture = openThroughCrashes(vfs, level, segmentBytes, random);
            check(truth, fixture, level);
            run(fixture, truth, random);
            vfs.setFaults(FaultPlan.none());
            vfs.crash(random.nextLong());
        }
        check(truth, openThroughCrashes(vfs, level, segmentBytes, new Random(1)), level);
    }

    /** Recovery itself may lose power, too. */
    private static JournalFixture openThroughCrashes(MemoryVfs vfs, Level level, int segmentBytes, Random random) {
        if (random.nextInt(3) == 0) {
            vfs.setFaults(randomFault(random, 8));
            try {
                new JournalFixture(vfs, level, segmentBytes);
            } catch (RuntimeException e) {
                // power failed on the way
            }
            vfs.setFaults(FaultPlan.none());
            vfs.crash(random.nextLong());
        }
        return new JournalFixture(vfs, level, segmentBytes);
    }

    private static FaultPlan randomFault(Random random, int within) {
        FaultPlan.Operation[] kinds = {
            FaultPlan.Operation.WRITE,
            FaultPlan.Operation.FORCE,
            FaultPlan.Operation.CREATE,
            FaultPlan.Operation.FORCE_DIRECTORY
        };
        Fault fault = random.nextBoolean() ? Fault.IO_ERROR : Fault.HALF_WRITTEN;
        return FaultPlan.once(kinds[random.nextInt(kinds.length)], 1 + random.nextInt(within), fault);
    }

    private static void check(Truth truth, JournalFixture fixture, Level level) {
        List<String> found = JournalFixture.texts(fixture.recovered());
        assertTrue(found.size() <= truth.groups.size());
        assertEquals(truth.groups.subList(0, found.size()), found);
        if (level == Level.FLUSH) {
            assertTrue(
                    found.size() >= truth.acknowledged(),
                    () -> "acknowledged groups are lost: " + truth.acknowledged() + ", found " + found.size());
        }
        truth.groups.subList(found.size(), truth.groups.size()).clear();
        truth.outcomes.clear();
        truth.recoveredFrom = found.size();
    }

    private static void run(JournalFixture fixture, Truth truth, Random random) {
        if (random.nextBoolean()) {
            fixture.vfs().setFaults(randomFault(random, 30));
        }
        int steps = random.nextInt(40);
        for (int step = 0; step < steps; step++) {
            Map<Integer, List<byte[]>> parts = new TreeMap<>();
            for (int partition = 0; partition < 1 + random.nextInt(3); partition++) {
                parts.put(partition, List.of(new byte[random.nextInt(random.nextInt(10) == 0 ? 2000 : 60)]));
            }
            List<JournalEntry> group = fixture.group(parts);
            truth.groups.add(JournalFixture.text(group));
            truth.outcomes.add(fixture.append(group));
            if (random.nextInt(3) == 0) {
                fixture.journal().flushOnce();
            }
        }
    }
}
