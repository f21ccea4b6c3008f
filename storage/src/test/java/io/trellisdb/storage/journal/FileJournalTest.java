package io.trellisdb.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.Journal.Level;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.testing.vfs.Fault;
import io.trellisdb.testing.vfs.FaultPlan;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FileJournalTest {
    private static final byte[] KEY = {1, 2, 3};

    private final MemoryVfs vfs = new MemoryVfs();

    private JournalFixture open(Level level) {
        return new JournalFixture(vfs, level, 100_000);
    }

    @Test
    void groupsComeBackInTheirOrder() {
        JournalFixture fixture = open(Level.FLUSH);
        List<JournalEntry> first = fixture.group(Map.of(0, List.of(KEY), 2, List.of(KEY, KEY)));
        List<JournalEntry> second = fixture.group(Map.of(2, List.of()));
        fixture.append(first);
        fixture.append(second);
        fixture.journal().close();

        JournalFixture again = open(Level.FLUSH);

        assertEquals(
                Stream.of(first, second).map(JournalFixture::text).toList(), JournalFixture.texts(again.recovered()));
        assertFalse(again.recovery().isNew());
    }

    @Test
    void nothingIsDurableBeforeTheForce() {
        JournalFixture fixture = open(Level.FLUSH);
        JournalFixture.Outcome outcome = fixture.append(0, KEY);
        assertFalse(outcome.isDurable());

        fixture.journal().flushOnce();

        assertTrue(outcome.isDurable());
        vfs.crash(1);
        assertEquals(1, open(Level.FLUSH).recovered().size());
    }

    @Test
    void oneForceCoversAllThatWasAppendedBefore() {
        JournalFixture fixture = open(Level.FLUSH);
        List<String> forces = new ArrayList<>();
        vfs.setFaults((operation, name) -> {
            if (operation == FaultPlan.Operation.FORCE) {
                forces.add(name);
            }
            return null;
        });

        List<JournalFixture.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            outcomes.add(fixture.append(i % 3, KEY));
        }
        fixture.journal().flushOnce();

        assertTrue(outcomes.stream().allMatch(JournalFixture.Outcome::isDurable));
        assertEquals(1, forces.size());
    }

    @Test
    void bufferedEntriesAreAcknowledgedAtOnceAndForcedWithinASecond() {
        JournalFixture fixture = open(Level.BUFFERED);
        List<String> forces = new ArrayList<>();
        vfs.setFaults((operation, name) -> {
            if (operation == FaultPlan.Operation.FORCE) {
                forces.add(name);
            }
            return null;
        });

        JournalFixture.Outcome outcome = fixture.append(0, KEY);
        fixture.journal().flushOnce();
        assertTrue(outcome.isDurable());
        assertEquals(0, forces.size());

        fixture.clock().advance(JournalSettings.BUFFERED_FORCE_INTERVAL);
        fixture.journal().flushOnce();
        assertEquals(1, forces.size());
        fixture.clock().advance(Duration.ofSeconds(5));
        fixture.journal().flushOnce();
        assertEquals(1, forces.size());
    }

    @Test
    void largeEntryIsSplitAndComesBackWhole() {
        byte[] key = new byte[FrameFormat.PAYLOAD_MAX];
        new Random(1).nextBytes(key);
        JournalFixture fixture = open(Level.FLUSH);
        List<JournalEntry> group = fixture.group(Map.of(0, List.of(key, new byte[] {1}, key.clone()), 1, List.of(KEY)));
        fixture.append(group);
        JournalFixture.Outcome last = fixture.append(1, KEY);
        fixture.journal().flushOnce();
        assertTrue(last.isDurable());

        List<List<JournalEntry>> read = JournalFixture.read(vfs);

        assertEquals(2, read.size());
        assertEquals(JournalFixture.text(group), JournalFixture.text(read.get(0)));
    }

    @Test
    void segmentsFollowEachOtherAndAreCutWhenCovered() {
        JournalFixture fixture = new JournalFixture(vfs, Level.FLUSH, 500);
        for (int i = 0; i < 20; i++) {
            fixture.append(i % 2, new byte[100]);
            fixture.journal().flushOnce();
        }
        int before = JournalFixture.segmentFiles(vfs).size();
        assertTrue(before >= 5);
        long size = fixture.journal().sizeBytes();

        assertEquals(0, fixture.journal().truncate(new long[] {0, 10, 0}));
        int removed = fixture.journal().truncate(new long[] {5, 5, 0});

        assertTrue(removed > 0);
        assertEquals(before - removed, JournalFixture.segmentFiles(vfs).size());
        assertTrue(fixture.journal().sizeBytes() < size);
        List<JournalEntry> first = JournalFixture.read(vfs).get(0);
        assertTrue(first.get(0).lsn() <= 6);
        fixture.journal().truncate(new long[] {10, 10, 0});
        assertEquals(1, JournalFixture.segmentFiles(vfs).size());
        vfs.crash(3);
        JournalFixture again = new JournalFixture(vfs, Level.FLUSH, 500);
        assertTrue(again.recovery().startPosition() > 0);
    }

    @Test
    void failedForceEndsAcknowledgementsForGood() {
        JournalFixture fixture = open(Level.FLUSH);
        fixture.append(0, KEY);
        fixture.journal().flushOnce();
        vfs.setFaults(FaultPlan.once(FaultPlan.Operation.FORCE, 1, Fault.IO_ERROR));

        JournalFixture.Outcome lost = fixture.append(0, KEY);
        fixture.journal().flushOnce();
        JournalFixture.Outcome later = fixture.append(0, KEY);
        fixture.journal().flushOnce();

        assertFalse(lost.isDurable());
        assertInstanceOf(TrellisException.class, lost.failure());
        assertNotNull(later.failure());
        assertTrue(fixture.journal().isFailed());
        TrellisException refused =
                assertThrows(TrellisException.class, () -> fixture.journal().requireRoom());
        assertEquals(ErrorCode.IO_ERROR, refused.code());
        vfs.crash(5);
        assertEquals(1, open(Level.FLUSH).recovered().size());
    }

    @Test
    void fullDiskFailsTheGroupThatMeetsIt() {
        JournalFixture fixture = open(Level.FLUSH);
        vfs.setCapacity(200);

        JournalFixture.Outcome outcome = fixture.append(0, new byte[1000]);
        fixture.journal().flushOnce();

        TrellisException failure = assertInstanceOf(TrellisException.class, outcome.failure());
        assertEquals(ErrorCode.DISK_FULL, failure.code());
        vfs.setCapacity(Long.MAX_VALUE);
        vfs.crash(9);
        assertEquals(0, open(Level.FLUSH).recovered().size());
    }

    @Test
    void newStatementsAreRefusedWhileTooMuchWaits() {
        JournalFixture fixture = open(Level.FLUSH);
        fixture.journal().requireRoom();
        fixture.append(0, new byte[1_100_000]);

        TrellisException refused =
                assertThrows(TrellisException.class, () -> fixture.journal().requireRoom());
        assertEquals(ErrorCode.INSUFFICIENT_RESOURCES, refused.code());

        fixture.journal().flushOnce();
        fixture.journal().requireRoom();
    }

    @Test
    void closedJournalRefusesAppends() {
        JournalFixture fixture = open(Level.FLUSH);
        JournalFixture.Outcome before = fixture.append(0, KEY);
        fixture.journal().close();
        JournalFixture.Outcome after = fixture.append(0, KEY);

        assertTrue(before.isDurable());
        assertNotNull(after.failure());
        fixture.journal().close();
    }

    @Test
    void otherPartitionCountIsRefused() {
        open(Level.FLUSH).journal().close();
        JournalSettings other = new JournalSettings(JournalFixture.DIRECTORY, 9, Level.FLUSH, 1000, 1000);

        TrellisException refused = assertThrows(
                TrellisException.class, () -> new JournalRecovery(vfs, other, group -> {}, false).run(() -> 1));

        assertEquals(ErrorCode.INVALID_CONFIGURATION, refused.code());
    }

    @Test
    void flushThreadAcknowledgesWhatManyThreadsAppend() throws Exception {
        JournalFixture fixture = open(Level.FLUSH);
        fixture.journal().start();
        int each = 200;
        CountDownLatch acknowledged = new CountDownLatch(3 * each);
        List<Thread> threads = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            List<List<JournalEntry>> groups = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                groups.add(fixture.group(Map.of(partition, List.of(KEY))));
            }
            threads.add(
                    new Thread(() -> groups.forEach(group -> fixture.journal().append(group, counting(acknowledged)))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        acknowledged.await();
        fixture.journal().force();
        fixture.journal().close();
        assertEquals(3 * each, JournalFixture.read(vfs).size());
    }

    private static Journal.DurabilityListener counting(CountDownLatch latch) {
        return new Journal.DurabilityListener() {
            @Override
            public void durable() {
                latch.countDown();
            }

            @Override
            public void failed(RuntimeException cause) {
                throw cause;
            }
        };
    }
}
