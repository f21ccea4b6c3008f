package io.trellisdb.storage.journal;

import io.trellisdb.common.token.Token;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.testing.ManualClock;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A journal on a simulated disk, flushed by hand, with the chains of its partitions. Confined to one thread. */
final class JournalFixture {
    static final int PARTITIONS = 3;
    static final String DIRECTORY = "journal";

    private final MemoryVfs vfs;
    private final JournalSettings settings;
    private final ManualClock clock = new ManualClock();
    private final long[] lsns = new long[PARTITIONS];
    private final long[] hashes = new long[PARTITIONS];
    private final List<List<JournalEntry>> recovered = new ArrayList<>();
    private RecoveredJournal recovery;
    private FileJournal journal;
    private long salt = 1000;

    /** What became of an appended group. */
    static final class Outcome implements Journal.DurabilityListener {
        private boolean isDurable;
        private @Nullable RuntimeException failure;

        @Override
        public void durable() {
            isDurable = true;
        }

        @Override
        public void failed(RuntimeException cause) {
            failure = cause;
        }

        boolean isDurable() {
            return isDurable;
        }

        @Nullable
        RuntimeException failure() {
            return failure;
        }
    }

    JournalFixture(MemoryVfs vfs, Journal.Level level, long segmentBytes) {
        this(vfs, level, segmentBytes, false);
    }

    /** Opens the journal that is on the disk, or a new one. */
    JournalFixture(MemoryVfs vfs, Journal.Level level, long segmentBytes, boolean isForced) {
        this.vfs = vfs;
        this.settings = new JournalSettings(DIRECTORY, PARTITIONS, level, segmentBytes, 1_000_000);
        this.recovery = recover(vfs, settings, recovered, isForced);
        for (List<JournalEntry> group : recovered) {
            for (JournalEntry entry : group) {
                lsns[entry.partition()] = entry.lsn();
                hashes[entry.partition()] = EntryCodec.encode(entry).hash();
            }
        }
        this.journal = FileJournal.open(vfs, settings, clock, this::nextSalt, recovery);
    }

    private static RecoveredJournal recover(
            Vfs vfs, JournalSettings settings, List<List<JournalEntry>> groups, boolean isForced) {
        JournalReplay replay = group ->
                groups.add(group.stream().map(JournalReplay.Replayed::entry).toList());
        return new JournalRecovery(vfs, settings, replay, isForced).run(() -> 77);
    }

    /** The groups of a journal that is only read. */
    static List<List<JournalEntry>> read(Vfs vfs) {
        List<List<JournalEntry>> groups = new ArrayList<>();
        recover(vfs, new JournalSettings(DIRECTORY, PARTITIONS, Journal.Level.FLUSH, 1_000_000, 1), groups, false);
        return groups;
    }

    private long nextSalt() {
        return salt++;
    }

    FileJournal journal() {
        return journal;
    }

    ManualClock clock() {
        return clock;
    }

    MemoryVfs vfs() {
        return vfs;
    }

    RecoveredJournal recovery() {
        return recovery;
    }

    /** The groups that were there when the journal was opened. */
    List<List<JournalEntry>> recovered() {
        return recovered;
    }

    long lastLsn(int partition) {
        return lsns[partition];
    }

    /** The next entries of these partitions, each deleting these keys. */
    List<JournalEntry> group(Map<Integer, List<byte[]>> parts) {
        List<JournalEntry> group = new ArrayList<>();
        new TreeMap<>(parts).forEach((partition, keys) -> {
            long lsn = ++lsns[partition];
            JournalEntry entry = new JournalEntry(
                    partition,
                    JournalEntry.Kind.OPERATIONS,
                    3,
                    lsn,
                    hashes[partition],
                    lsn << 16,
                    new Token(99, lsn, 1),
                    StoredResult.ofCount(keys.size()),
                    List.of(new Operation.DeleteRows(5, keys)));
            hashes[partition] = journal.chainHash(entry);
            group.add(entry);
        });
        return group;
    }

    Outcome append(List<JournalEntry> group) {
        Outcome outcome = new Outcome();
        journal.append(group, outcome);
        return outcome;
    }

    Outcome append(int partition, byte[]... keys) {
        return append(group(Map.of(partition, List.of(keys))));
    }

    static List<String> segmentFiles(Vfs vfs) {
        return vfs.list(DIRECTORY).stream()
                .filter(name -> name.endsWith(SegmentFormat.SUFFIX))
                .map(name -> DIRECTORY + "/" + name)
                .toList();
    }

    static byte[] bytes(Vfs vfs, String name) {
        try (VfsFile file = vfs.openReadOnly(name)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(ByteBuffer.wrap(bytes), 0);
            return bytes;
        }
    }

    /** A disk with these files only. */
    static MemoryVfs disk(Map<String, byte[]> files) {
        MemoryVfs disk = new MemoryVfs();
        disk.createDirectories(DIRECTORY);
        files.forEach((name, bytes) -> {
            try (VfsFile file = disk.create(name)) {
                file.write(ByteBuffer.wrap(bytes), 0);
            }
        });
        return disk;
    }

    static Map<String, byte[]> files(Vfs vfs) {
        Map<String, byte[]> files = new TreeMap<>();
        segmentFiles(vfs).forEach(name -> files.put(name, bytes(vfs, name)));
        return files;
    }

    /** Text that tells whether two groups are equal; operations hold arrays, which records do not compare. */
    static String text(List<JournalEntry> group) {
        StringBuilder text = new StringBuilder();
        for (JournalEntry entry : group) {
            text.append(entry.partition()).append(':').append(entry.lsn()).append(entry.token());
            text.append(entry.result()).append(entry.previousHash());
            for (Operation operation : entry.operations()) {
                if (operation instanceof Operation.DeleteRows delete) {
                    delete.rowKeys().forEach(key -> text.append(' ').append(java.util.Arrays.hashCode(key)));
                }
            }
        }
        return text.toString();
    }

    static List<String> texts(List<List<JournalEntry>> groups) {
        return groups.stream().map(JournalFixture::text).toList();
    }
}
