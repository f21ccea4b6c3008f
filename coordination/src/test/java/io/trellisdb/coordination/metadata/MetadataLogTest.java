package io.trellisdb.coordination.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.testing.SeededSuite;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The log's bytes, what survives a crash, and what is told apart from it. */
final class MetadataLogTest {
    private final MemoryVfs vfs = new MemoryVfs();

    @Test
    void logHasTheseBytes() {
        try (MetadataLog log = MetadataLog.open(vfs, tree())) {
            log.append(new LogEntry(
                    1, 7, List.of(new MetadataChange.Put("a", text("xy")), new MetadataChange.Delete("b"))));
        }

        String header = "5452454c4c49534d" + "00000001" + "f350405f";
        String image = "54524d46" + "00000011" + "0000000000000010" + "01" + "f10c0102" + "0000000000000000"
                + "0000000000000000" + "00";
        String commit = "54524d46" + "0000001a" + "0000000000000036" + "02" + "254168ca" + "0000000000000001"
                + "0000000000000007" + "02" + "01" + "0161" + "027879" + "02" + "0162";
        String closed = "54524d46" + "00000000" + "0000000000000065" + "03" + "7a04c4b7";
        assertEquals(header + image + commit + closed, HexFormat.of().formatHex(bytes()));
    }

    @Test
    void commitsAreThereWhenTheLogIsOpenedAgain() {
        try (MetadataLog log = MetadataLog.open(vfs, tree())) {
            log.append(put(1, "a", "1"));
            log.append(put(2, "b", "2"));
            log.append(new LogEntry(3, 1, List.of(new MetadataChange.Delete("a"))));
        }

        assertEquals(List.of("b=2"), reopened());
    }

    @Test
    void logCutAnywhereInItsLastFrameKeepsTheOthers() {
        MetadataLog log = MetadataLog.open(vfs, tree());
        log.append(put(1, "a", "1"));
        int before = bytes().length;
        log.append(put(2, "b", "2"));
        byte[] whole = bytes();

        for (int length = before; length < whole.length; length++) {
            MemoryVfs copy = copy(Arrays.copyOf(whole, length));
            assertEquals(List.of("a=1"), records(copy));
            assertEquals(List.of("a=1"), records(copy), "cut once and for all");
        }
    }

    @Test
    void flippedBitBeforeAGoodFrameIsDamage() {
        MetadataLog log = MetadataLog.open(vfs, tree());
        log.append(put(1, "a", "1"));
        int lastFrame = bytes().length;
        log.append(put(2, "b", "2"));
        byte[] whole = bytes();

        for (int position = 0; position < lastFrame; position++) {
            byte[] damaged = whole.clone();
            damaged[position] ^= 4;
            TrellisException failure = assertThrows(TrellisException.class, () -> records(copy(damaged)));
            assertEquals(ErrorCode.DATA_CORRUPTED, failure.code());
            assertTrue(failure.getMessage().contains("metadata.log"), failure.getMessage());
        }
    }

    @Test
    void flippedBitInTheLastCommitOfAClosedLogIsDamage() {
        try (MetadataLog log = MetadataLog.open(vfs, tree())) {
            log.append(put(1, "a", "1"));
        }
        byte[] damaged = bytes();
        damaged[damaged.length - LogFormat.FRAME_HEADER_LENGTH - 1] ^= 1;

        assertThrows(TrellisException.class, () -> records(copy(damaged)));
    }

    @Test
    void acknowledgedCommitsSurviveAPowerLoss() {
        new SeededSuite("metadata-crash", 200, 0.02).run(MetadataLogTest::crashAndRecover);
    }

    private static void crashAndRecover(Random random) {
        MemoryVfs disk = new MemoryVfs();
        List<String> acknowledged = new ArrayList<>();
        for (int life = 0; life < 3; life++) {
            MetadataTree tree = tree();
            MetadataLog log = MetadataLog.open(disk, tree);
            assertEquals(acknowledged, list(tree));
            for (int i = random.nextInt(6); i > 0; i--) {
                LogEntry entry = put(tree.revision() + 1, "k" + acknowledged.size(), "v".repeat(random.nextInt(300)));
                log.append(entry);
                tree.apply(entry);
                log.compactIfLong(tree.revision(), 1, () -> tree.image("").records());
                acknowledged = list(tree);
            }
            disk.crash(random.nextLong());
        }
    }

    @Test
    void longLogBecomesAnImage() {
        MetadataTree tree = tree();
        try (MetadataLog log = MetadataLog.open(vfs, tree)) {
            for (int i = 1; i <= 40; i++) {
                LogEntry entry = put(i, "a", "x".repeat(100_000) + i);
                log.append(entry);
                tree.apply(entry);
                log.compactIfLong(i, 1, () -> tree.image("").records());
            }
            assertTrue(bytes().length < 2_500_000, "bytes: " + bytes().length);
        }

        assertEquals(list(tree), reopened());
    }

    @Test
    void fullDiskRefusesACommitAndTheLogGoesOn() {
        MetadataLog log = MetadataLog.open(vfs, tree());
        log.append(put(1, "a", "1"));
        vfs.setCapacity(bytes().length + 100L);

        TrellisException failure =
                assertThrows(TrellisException.class, () -> log.append(put(2, "b", "x".repeat(5_000))));
        assertEquals(ErrorCode.DISK_FULL, failure.code());
        assertFalse(log.isFailed());
        log.append(put(2, "b", "2"));
        log.close();

        assertEquals(List.of("a=1", "b=2"), reopened());
    }

    @Test
    void secondProcessIsKeptOut() {
        try (MetadataLog log = MetadataLog.open(vfs, tree())) {
            assertFalse(log.isFailed());
            TrellisException refusal = assertThrows(TrellisException.class, () -> MetadataLog.open(vfs, tree()));
            assertEquals(ErrorCode.INVALID_CONFIGURATION, refusal.code());
        }
    }

    @Test
    void missingLogBesideItsFormatFileIsDamage() {
        MetadataLog.open(vfs, tree()).close();
        vfs.delete("metadata.log");

        TrellisException failure = assertThrows(TrellisException.class, () -> MetadataLog.open(vfs, tree()));
        assertEquals(ErrorCode.DATA_CORRUPTED, failure.code());
    }

    @Test
    void directoryOfAnotherFormatIsRefused() {
        MetadataLog.open(vfs, tree()).close();
        vfs.delete("FORMAT");
        write(vfs, "FORMAT", text("trellis metadata 2\n"));

        TrellisException refusal = assertThrows(TrellisException.class, () -> MetadataLog.open(vfs, tree()));
        assertEquals(ErrorCode.INVALID_CONFIGURATION, refusal.code());
    }

    private byte[] bytes() {
        try (VfsFile file = vfs.openReadOnly("metadata.log")) {
            ByteBuffer all = ByteBuffer.allocate((int) file.size());
            file.read(all, 0);
            return all.array();
        }
    }

    private List<String> reopened() {
        return records(vfs);
    }

    private static MemoryVfs copy(byte[] log) {
        MemoryVfs copy = new MemoryVfs();
        write(copy, "metadata.log", log);
        return copy;
    }

    private static void write(MemoryVfs target, String name, byte[] bytes) {
        try (VfsFile file = target.create(name)) {
            file.write(ByteBuffer.wrap(bytes), 0);
            file.force();
        }
    }

    private static List<String> records(MemoryVfs directory) {
        MetadataTree tree = tree();
        MetadataLog.open(directory, tree).close();
        return list(tree);
    }

    private static List<String> list(MetadataTree tree) {
        return tree.image("").records().stream().map(MetadataLogTest::describe).toList();
    }

    private static String describe(MetadataRecord each) {
        return each.key() + "=" + new String(each.value(), StandardCharsets.UTF_8);
    }

    private static MetadataTree tree() {
        return new MetadataTree(task -> {
            throw new AssertionError("nobody listens");
        });
    }

    private static LogEntry put(long revision, String key, String value) {
        return new LogEntry(revision, 1, List.of(new MetadataChange.Put(key, text(value))));
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
