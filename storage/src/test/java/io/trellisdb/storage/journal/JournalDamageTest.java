package io.trellisdb.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.Journal.Level;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.testing.SeededSuite;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Segment files cut at every byte and with flipped bits. What is read back is always a beginning of what was written, in
 * whole groups, and a loss below a position that a remaining frame calls fsynced is refused.
 */
final class JournalDamageTest {
    private final List<String> written = new ArrayList<>();
    private Map<String, byte[]> files = Map.of();
    private List<String> names = List.of();
    /** In the last segment: each group's first offset, by number of groups before it in the whole journal. */
    private final List<Extent> extents = new ArrayList<>();

    /** A group, or a FLUSH frame with what it says. */
    private record Extent(int start, int end, int groupsBefore, long synced) {}

    @BeforeEach
    void writeJournal() {
        writeJournal(new Random(4));
        assertTrue(names.size() >= 3);
    }

    private void writeJournal(Random random) {
        written.clear();
        extents.clear();
        MemoryVfs vfs = new MemoryVfs();
        JournalFixture fixture = new JournalFixture(vfs, Level.FLUSH, 2000);
        for (int i = 0; i < 30; i++) {
            Map<Integer, List<byte[]>> parts = new TreeMap<>();
            for (int partition = 0; partition <= random.nextInt(3); partition++) {
                parts.put(partition, List.of(new byte[random.nextInt(40)]));
            }
            List<JournalEntry> group = fixture.group(parts);
            fixture.append(group);
            written.add(JournalFixture.text(group));
            if (random.nextBoolean()) {
                fixture.journal().flushOnce();
            }
        }
        fixture.journal().close();
        files = JournalFixture.files(vfs);
        names = List.copyOf(files.keySet());
        findExtents();
    }

    private String last() {
        return names.get(names.size() - 1);
    }

    private void findExtents() {
        byte[] bytes = files.get(last());
        int groups = written.size() - groupsIn(bytes);
        int start = SegmentFormat.HEAD_LENGTH;
        int offset = start;
        while (offset < bytes.length) {
            int end = offset + FrameFormat.length(bytes, offset);
            if (FrameFormat.kind(bytes, offset) == JournalEntry.Kind.FLUSH.code()) {
                extents.add(new Extent(offset, end, groups, FrameFormat.syncedPosition(bytes, offset)));
                start = end;
            } else if (FrameFormat.flags(bytes, offset) != FrameFormat.GROUP_CONTINUES) {
                extents.add(new Extent(start, end, groups++, 0));
                start = end;
            }
            offset = end;
        }
    }

    private static int groupsIn(byte[] bytes) {
        int groups = 0;
        for (int offset = SegmentFormat.HEAD_LENGTH; offset < bytes.length; ) {
            boolean isEnd = FrameFormat.kind(bytes, offset) != JournalEntry.Kind.FLUSH.code()
                    && FrameFormat.flags(bytes, offset) != FrameFormat.GROUP_CONTINUES;
            groups += isEnd ? 1 : 0;
            offset += FrameFormat.length(bytes, offset);
        }
        return groups;
    }

    private MemoryVfs diskWith(String name, byte[] bytes) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, bytes);
        return JournalFixture.disk(changed);
    }

    @Test
    void cutTailLeavesEveryGroupBeforeTheCut() {
        byte[] bytes = files.get(last());
        for (int length = 0; length <= bytes.length; length++) {
            MemoryVfs disk = diskWith(last(), Arrays.copyOf(bytes, length));
            int cut = length;
            int whole = (int) extents.stream()
                    .filter(extent -> extent.synced() == 0 && extent.end() <= cut)
                    .count();
            int before = extents.get(0).groupsBefore();

            assertEquals(written.subList(0, before + whole), JournalFixture.texts(JournalFixture.read(disk)));
            // what was cut once stays away
            assertEquals(written.subList(0, before + whole), JournalFixture.texts(JournalFixture.read(disk)));
        }
    }

    @Test
    void cutOrMissingSegmentBeforeTheLastIsDamage() {
        for (String name : names.subList(0, names.size() - 1)) {
            byte[] bytes = files.get(name);
            for (int length = 0; length < bytes.length; length += 1 + length / 40) {
                MemoryVfs disk = diskWith(name, Arrays.copyOf(bytes, length));
                assertDamaged(disk);
            }
        }
        Map<String, byte[]> withHole = new TreeMap<>(files);
        withHole.remove(names.get(1));
        assertDamaged(JournalFixture.disk(withHole));
    }

    private static void assertDamaged(MemoryVfs disk) {
        TrellisException damage = assertThrows(TrellisException.class, () -> JournalFixture.read(disk));
        assertEquals(ErrorCode.DATA_CORRUPTED, damage.code());
        assertTrue(damage.getMessage().contains("journal/"), damage.getMessage());
    }

    @Test
    void flippedBitIsNeverReadAndNeverCutsWhatWasFsynced() {
        Random random = new Random(7);
        byte[] bytes = files.get(last());
        for (int position = 0; position < bytes.length; position++) {
            checkFlip(position, 1 << random.nextInt(8));
        }
    }

    @Test
    void everyBitOfOneFrameCounts() {
        // one that a mark covers, one that none covers, and a mark
        for (Extent extent : List.of(extents.get(0), extents.get(extents.size() - 1), firstMark())) {
            for (int position = extent.start(); position < extent.end(); position++) {
                for (int bit = 0; bit < 8; bit++) {
                    checkFlip(position, 1 << bit);
                }
            }
        }
    }

    private Extent firstMark() {
        return extents.stream()
                .filter(extent -> extent.synced() > 0)
                .findFirst()
                .orElseThrow();
    }

    /** Other journals, damaged in any of their segments, in up to three places or by a cut. */
    @Test
    void randomDamageIsRefusedOrBehindAllThatWasFsynced() {
        new SeededSuite("journal-damage", 300, 0.02).run(random -> {
            writeJournal(random);
            String name = names.get(random.nextInt(3) == 0 ? random.nextInt(names.size()) : names.size() - 1);
            byte[] bytes = files.get(name);
            if (random.nextInt(3) == 0) {
                int length = random.nextInt(bytes.length);
                checkCut(name, length);
            } else {
                int[] positions =
                        random.ints(1 + random.nextInt(3), 0, bytes.length).toArray();
                checkDamage(name, positions, 1 << random.nextInt(8));
            }
        });
    }

    private void checkCut(String name, int length) {
        MemoryVfs disk = diskWith(name, Arrays.copyOf(files.get(name), length));
        if (!name.equals(last())) {
            assertDamaged(disk);
            return;
        }
        long kept = extents.stream()
                .filter(extent -> extent.synced() == 0 && extent.end() <= length)
                .count();
        int before = extents.isEmpty() ? written.size() : extents.get(0).groupsBefore();
        assertEquals(written.subList(0, before + (int) kept), JournalFixture.texts(JournalFixture.read(disk)));
    }

    private void checkFlip(int position, int bit) {
        checkDamage(last(), new int[] {position}, bit);
    }

    private void checkDamage(String name, int[] positions, int bit) {
        byte[] flipped = files.get(name).clone();
        for (int position : Arrays.stream(positions).distinct().toArray()) {
            flipped[position] ^= (byte) bit;
        }
        MemoryVfs disk = diskWith(name, flipped);
        boolean isHead = Arrays.stream(positions).anyMatch(position -> position < SegmentFormat.HEAD_LENGTH);
        if (!name.equals(last()) || isHead && flipped.length > SegmentFormat.HEAD_LENGTH) {
            // the three zero bytes of the head mean nothing, but are checked
            assertDamaged(disk);
            return;
        }
        if (flipped.length == SegmentFormat.HEAD_LENGTH) {
            // a head that was never written whole; nothing followed it
            assertEquals(written, JournalFixture.texts(JournalFixture.read(disk)));
            return;
        }
        List<Extent> hit = extents.stream()
                .filter(extent -> Arrays.stream(positions)
                        .anyMatch(position -> position >= extent.start() && position < extent.end()))
                .toList();
        long base = Long.parseLong(last().substring(last().indexOf('/') + 1, last().indexOf('.')), 16);
        long synced = extents.stream()
                .filter(extent -> !hit.contains(extent))
                .mapToLong(Extent::synced)
                .max()
                .orElse(0);
        if (base + hit.get(0).start() < synced) {
            assertDamaged(disk);
        } else {
            assertEquals(
                    written.subList(0, hit.get(0).groupsBefore()), JournalFixture.texts(JournalFixture.read(disk)));
        }
    }

    @Test
    void flippedBitInAnOlderSegmentIsDamage() {
        Random random = new Random(8);
        for (String name : names.subList(0, names.size() - 1)) {
            for (int i = 0; i < 200; i++) {
                byte[] flipped = files.get(name).clone();
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                assertDamaged(diskWith(name, flipped));
            }
        }
    }

    @Test
    void damageIsGivenUpWhenForced() {
        byte[] flipped = files.get(names.get(0)).clone();
        flipped[SegmentFormat.HEAD_LENGTH + 700] ^= 1;
        MemoryVfs disk = diskWith(names.get(0), flipped);
        assertDamaged(disk);

        JournalFixture forced = new JournalFixture(disk, Level.FLUSH, 2000, true);

        int kept = forced.recovered().size();
        assertTrue(kept > 0 && kept < written.size());
        assertEquals(written.subList(0, kept), JournalFixture.texts(forced.recovered()));
        assertTrue(
                forced.recovery().losses().size() >= 2,
                forced.recovery().losses().toString());
        forced.append(0, new byte[3]);
        forced.journal().close();
        assertEquals(kept + 1, JournalFixture.read(disk).size());
    }

    @Test
    void duplicatedZeroedOrExchangedPiecesAreNeverRead() {
        new SeededSuite("journal-sectors", 300, 0.02).run(random -> {
            byte[] bytes = files.get(last()).clone();
            int length = 1 + random.nextInt(300);
            int from = random.nextInt(bytes.length - length);
            int to = random.nextInt(bytes.length - length);
            if (random.nextBoolean()) {
                System.arraycopy(files.get(last()), from, bytes, to, length);
            } else {
                Arrays.fill(bytes, to, to + length, (byte) 0);
            }
            List<String> read = readOrRefuse(diskWith(last(), bytes));
            assertEquals(written.subList(0, read.size()), read);
        });
    }

    private List<String> readOrRefuse(MemoryVfs disk) {
        try {
            return JournalFixture.texts(JournalFixture.read(disk));
        } catch (TrellisException e) {
            assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
            return List.of();
        }
    }

    /** Every frame is whole, but they were not written together. */
    @Test
    void frameOfAnotherGroupIsNotTaken() {
        MemoryVfs vfs = new MemoryVfs();
        JournalFixture fixture = new JournalFixture(vfs, Level.FLUSH, 100_000);
        for (int i = 0; i < 3; i++) {
            fixture.append(fixture.group(Map.of(0, List.of(new byte[] {1}), 1, List.of(new byte[] {2}))));
            fixture.journal().flushOnce();
        }
        fixture.journal().close();
        Map<String, byte[]> segment = JournalFixture.files(vfs);
        String name = segment.keySet().iterator().next();
        byte[] bytes = segment.get(name);
        int first = SegmentFormat.HEAD_LENGTH;
        int length = FrameFormat.length(bytes, first);
        int mark = first + length + FrameFormat.length(bytes, first + length);
        int second = mark + FrameFormat.FLUSH_LENGTH;
        assertEquals(length, FrameFormat.length(bytes, second));

        System.arraycopy(bytes, first, bytes, second, length);

        assertDamaged(JournalFixture.disk(Map.of(name, bytes)));
    }
}
