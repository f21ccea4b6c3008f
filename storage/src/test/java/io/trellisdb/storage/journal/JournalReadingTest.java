package io.trellisdb.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.Journal.Level;
import io.trellisdb.storage.JournalCursor;
import io.trellisdb.storage.JournalCursor.Logged;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.JournalHold;
import io.trellisdb.testing.Seeds;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One partition's entries are read while others are appended. */
final class JournalReadingTest {
    private static final byte[] KEY = new byte[100];
    private static final int SMALL_SEGMENT = 2_000;
    private static final long NO_BOUND = Long.MAX_VALUE;

    private final MemoryVfs vfs = new MemoryVfs();
    private final JournalFixture fixture = new JournalFixture(vfs, Level.FLUSH, SMALL_SEGMENT);

    private void append(int partition, int count) {
        for (int i = 0; i < count; i++) {
            fixture.append(partition, KEY);
            fixture.journal().flushOnce();
        }
    }

    private static List<Long> lsns(List<Logged> entries) {
        return entries.stream().map(logged -> logged.entry().lsn()).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void entriesOfOnePartitionComeInTheirOrderOverManySegments() {
        for (int i = 0; i < 50; i++) {
            append(i % 3, 1);
        }

        try (JournalCursor cursor = fixture.journal().read(1, 0)) {
            assertEquals(range(1, 17), lsns(cursor.next(1_000_000)));
            assertEquals(18, cursor.nextLsn());
        }
        try (JournalCursor cursor = fixture.journal().read(1, 10)) {
            assertEquals(range(11, 17), lsns(cursor.next(1_000_000)));
        }
    }

    @Test
    void readingGoesOnWithWhatIsAppendedLater() {
        append(0, 3);
        try (JournalCursor cursor = fixture.journal().read(0, 0)) {
            assertEquals(range(1, 3), lsns(cursor.next(1_000_000)));
            assertEquals(List.of(), cursor.next(1_000_000));

            append(1, 5);
            append(0, 2);
            append(1, 30);

            assertEquals(range(4, 5), lsns(cursor.next(1_000_000)));

            append(0, 40);

            assertEquals(range(6, 45), lsns(cursor.next(1_000_000)));
        }
    }

    @Test
    void whatIsNotWrittenYetIsNotRead() {
        append(0, 1);
        fixture.append(0, KEY);
        try (JournalCursor cursor = fixture.journal().read(0, 0)) {
            assertEquals(range(1, 1), lsns(cursor.next(1_000_000)));

            fixture.journal().flushOnce();

            assertEquals(range(2, 2), lsns(cursor.next(1_000_000)));
        }
    }

    @Test
    void bytesOfOneReadAreBoundedAndHashesChain() {
        append(2, 40);
        try (JournalCursor cursor = fixture.journal().read(2, 0)) {
            List<Logged> all = new ArrayList<>();
            List<Logged> some = cursor.next(350);
            while (!some.isEmpty()) {
                assertTrue(some.size() <= 4, () -> "at most so many fit");
                all.addAll(some);
                some = cursor.next(350);
            }
            assertEquals(range(1, 40), lsns(all));
            for (int i = 1; i < all.size(); i++) {
                assertEquals(all.get(i - 1).hash(), all.get(i).entry().previousHash());
            }
        }
    }

    @Test
    void entriesThatWereCutAwayAreMissed() {
        append(0, 60);
        fixture.journal().truncate(new long[] {40, 0, 0});

        try (JournalCursor cursor = fixture.journal().read(0, 3)) {
            TrellisException gone = assertThrows(TrellisException.class, () -> cursor.next(1_000_000));
            assertEquals(ErrorCode.WRONG_OBJECT_STATE, gone.code());
            assertTrue(String.valueOf(gone.getMessage()).contains("4 of partition 0"), gone::getMessage);
        }
    }

    @Test
    void heldEntriesStayUntilTheHoldIsClosedOrAdvanced() {
        append(0, 60);
        long[] everything = {60, 0, 0};
        try (JournalHold hold = fixture.journal().hold(0, 5, NO_BOUND)) {
            fixture.journal().truncate(everything);
            assertEquals(range(5, 60), lsns(readAll(0, 4)));

            hold.advance(50);
            hold.advance(20);
            fixture.journal().truncate(everything);
            assertEquals(50, hold.fromLsn());
            assertEquals(range(50, 60), lsns(readAll(0, 49)));
            assertThrows(TrellisException.class, () -> readAll(0, 4));
            assertFalse(hold.isLapsed());
        }
        fixture.journal().truncate(everything);
        assertThrows(TrellisException.class, () -> readAll(0, 49));
    }

    @Test
    void holdLapsesWhenTheJournalOutgrowsIt() {
        try (JournalHold hold = fixture.journal().hold(0, 1, 5_000)) {
            append(0, 60);
            fixture.journal().truncate(new long[] {60, 0, 0});

            assertTrue(hold.isLapsed());
            assertThrows(TrellisException.class, () -> readAll(0, 0));
        }
    }

    @Test
    void randomReadersSeeEveryEntryOnce() {
        SplittableRandom random = new SplittableRandom(Seeds.next("randomReadersSeeEveryEntryOnce"));
        for (int round = 0; round < 200; round++) {
            MemoryVfs disk = new MemoryVfs();
            JournalFixture journal = new JournalFixture(disk, Level.BUFFERED, 500 + random.nextInt(5_000));
            List<List<Long>> seen = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            List<JournalCursor> cursors = new ArrayList<>();
            for (int partition = 0; partition < 3; partition++) {
                cursors.add(journal.journal().read(partition, 0));
            }
            for (int step = 0; step < 100; step++) {
                int partition = random.nextInt(3);
                switch (random.nextInt(4)) {
                    case 0 ->
                        journal.append(journal.group(Map.of(partition, List.of(KEY), (partition + 1) % 3, List.of())));
                    case 1 -> journal.append(partition, new byte[random.nextInt(800)]);
                    case 2 -> journal.journal().flushOnce();
                    default ->
                        cursors.get(partition).next(random.nextInt(2_000) + 1).stream()
                                .map(Logged::entry)
                                .map(JournalEntry::lsn)
                                .forEach(seen.get(partition)::add);
                }
            }
            journal.journal().flushOnce();
            for (int partition = 0; partition < 3; partition++) {
                seen.get(partition).addAll(lsns(cursors.get(partition).next(Integer.MAX_VALUE)));
                assertEquals(range(1, journal.lastLsn(partition)), seen.get(partition));
                cursors.get(partition).close();
            }
        }
    }

    private List<Logged> readAll(int partition, long after) {
        try (JournalCursor cursor = fixture.journal().read(partition, after)) {
            return cursor.next(Integer.MAX_VALUE);
        }
    }
}
