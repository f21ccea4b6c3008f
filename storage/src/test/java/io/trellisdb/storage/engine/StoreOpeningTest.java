package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.testing.SeededSuite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening does when journal or data are damaged, missing, foreign or in use. */
final class StoreOpeningTest {
    private static final ContainerDescriptor PEOPLE = Containers.people(5);
    private static final int PARTITIONS = 2;

    @TempDir
    Path folder;

    private StoreOptions options() {
        return StoreOptions.of(folder.resolve("store"), PARTITIONS)
                .withMinFreeBytes(0)
                .withSegmentBytes(20_000);
    }

    private static NodeStore open(StoreOptions options) {
        return Stores.open(options, NanoClock.system());
    }

    private static void write(NodeStore store, long from, long to) {
        TestOwner owner = new TestOwner(store);
        for (long id = from; id < to; id += 10) {
            Batch rows = Containers.rows(
                    PEOPLE,
                    LongStream.range(id, id + 10)
                            .mapToObj(each -> List.<Object>of(each, "name" + each, 0.5))
                            .toList());
            owner.write(
                    (int) (id / 10 % PARTITIONS),
                    new Operation.DefineContainer(PEOPLE),
                    new Operation.PutRows(5, 1, rows, RowKeys.ofRows(PEOPLE, rows)));
        }
    }

    /** All ids in all partitions, after a check of each. */
    private static List<Long> ids(NodeStore store) {
        return Stream.iterate(0, partition -> partition + 1)
                .limit(PARTITIONS)
                .flatMap(partition -> {
                    assertEquals(List.of(), store.partition(partition).verify());
                    return Readings.scan(store.partition(partition).reader(), ScanRequest.all(5, List.of(1))).stream();
                })
                .map(row -> (Long) row.get(0))
                .sorted()
                .toList();
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    private static ErrorCode refusal(StoreOptions options) {
        return assertThrows(TrellisException.class, () -> open(options).close()).code();
    }

    private Path data() {
        return options().directory().resolve("data");
    }

    private Path journal() {
        return options().directory().resolve("journal");
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void directoryBelongsToOneStore() {
        try (NodeStore store = open(options())) {
            assertEquals(PARTITIONS, store.partitionCount());
            assertEquals(ErrorCode.OBJECT_IN_USE, refusal(options()));
        }
        open(options()).close();
    }

    @Test
    void otherFormatAndOtherPartitionCountAreRefused() throws IOException {
        open(options()).close();

        assertEquals(
                ErrorCode.INVALID_CONFIGURATION,
                refusal(StoreOptions.of(options().directory(), 9)));
        for (String other : List.of("trellis-store 1", "trellis-store 3")) {
            Files.writeString(options().directory().resolve("FORMAT"), other + "\npartitions 2\n");
            assertEquals(ErrorCode.INVALID_CONFIGURATION, refusal(options()));
        }
    }

    @Test
    void lostDataIsMadeAnewFromAWholeJournal() throws IOException {
        try (NodeStore store = open(options().withSegmentBytes(10_000_000))) {
            write(store, 0, 500);
        }
        deleteAll(data());

        try (NodeStore store = open(options())) {
            assertEquals(upTo(500), ids(store));
        }
    }

    @Test
    void lostDataIsRefusedWhenTheJournalWasCut() throws IOException {
        try (NodeStore store = open(options())) {
            write(store, 0, 2000);
            store.checkpoint();
        }
        deleteAll(data());

        assertEquals(ErrorCode.DATA_CORRUPTED, refusal(options()));
    }

    @Test
    void lostJournalIsRefusedUnlessForced() throws IOException {
        try (NodeStore store = open(options())) {
            write(store, 0, 500);
        }
        deleteAll(journal());

        assertEquals(ErrorCode.DATA_CORRUPTED, refusal(options()));
        try (NodeStore store = open(options().forced())) {
            assertEquals(upTo(500), ids(store));
            write(store, 500, 600);
        }
        try (NodeStore store = open(options())) {
            assertEquals(upTo(600), ids(store));
        }
    }

    @Test
    void journalOfAnotherStoreIsRefused() throws IOException {
        try (NodeStore store = open(options())) {
            write(store, 0, 100);
        }
        StoreOptions other =
                StoreOptions.of(folder.resolve("other"), PARTITIONS).withMinFreeBytes(0);
        try (NodeStore store = open(other)) {
            write(store, 0, 100);
        }
        deleteAll(journal());
        Files.move(other.directory().resolve("journal"), journal());

        assertEquals(ErrorCode.DATA_CORRUPTED, refusal(options()));
    }

    @Test
    void journalThatEndsBeforeDataIsDamageUnderFlushOnly() throws IOException {
        for (Journal.Level level : Journal.Level.values()) {
            if (Files.exists(options().directory())) {
                deleteAll(options().directory());
            }
            StoreOptions options = options().withLevel(level).withSegmentBytes(10_000_000);
            try (NodeStore store = open(options)) {
                write(store, 0, 500);
            }
            Path segment = files(journal()).get(0);
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 2);
            }

            StoreOptions again = level == Journal.Level.BUFFERED ? options : options.forced();
            if (level == Journal.Level.FLUSH) {
                assertEquals(ErrorCode.DATA_CORRUPTED, refusal(options));
            }
            try (NodeStore store = open(again)) {
                assertEquals(upTo(500), ids(store));
                write(store, 500, 600);
            }
            try (NodeStore store = open(options)) {
                assertEquals(upTo(600), ids(store));
            }
        }
    }

    @Test
    void damagedDataIsNeverReadAsRows() {
        new SeededSuite("data-damage", 12, 0.05).run(random -> {
            StoreOptions options = StoreOptions.of(folder.resolve("damage" + random.nextLong()), PARTITIONS)
                    .withMinFreeBytes(0);
            try (NodeStore store = open(options)) {
                write(store, 0, 1500);
            }
            flipBytes(options.directory().resolve("data"), random);
            openAfterDamage(options);
        });
    }

    private static void flipBytes(Path data, Random random) throws IOException {
        List<Path> logs = files(data).stream()
                .filter(file -> file.toString().endsWith(".jdb"))
                .toList();
        Path log = logs.get(random.nextInt(logs.size()));
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                long position = random.nextInt((int) channel.size());
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, position);
                one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8)));
                one.flip();
                channel.write(one, position);
            }
        }
    }

    /** Whole, made anew, or refused; never less or other than what was written. */
    private static void openAfterDamage(StoreOptions options) {
        try (NodeStore store = open(options)) {
            assertEquals(upTo(1500), ids(store));
        } catch (TrellisException e) {
            assertEquals(ErrorCode.DATA_CORRUPTED, e.code(), e.getMessage());
        }
    }

    @Test
    void changesAreRefusedBeforeTheDiskIsFull() {
        try (NodeStore store = open(options())) {
            store.requireWritable();
        }
        StoreOptions greedy = options().withMinFreeBytes(Long.MAX_VALUE / 8);
        try (NodeStore store = Stores.open(
                greedy,
                io.trellisdb.common.vfs.DiskVfs.open(greedy.directory()),
                new JeDirectory(options()),
                NanoClock.system(),
                () -> 5)) {
            TrellisException refused = assertThrows(TrellisException.class, store::requireWritable);
            assertEquals(ErrorCode.DISK_FULL, refused.code());
            assertEquals("53100", refused.code().sqlState());
        }
    }

    @Test
    void checkpointerKeepsTheJournalShort() throws Exception {
        java.util.concurrent.atomic.AtomicReference<RuntimeException> failure =
                new java.util.concurrent.atomic.AtomicReference<>();
        try (NodeStore store = open(options());
                Checkpointer checkpointer = new Checkpointer(
                        store, NanoClock.system(), 50_000, Checkpointer.DEFAULT_INTERVAL, failure::set)) {
            checkpointer.start();
            for (long id = 0; id < 4000 || store.journal().sizeBytes() > 150_000; id += 100) {
                write(store, id, id + 100);
            }
        }
        assertEquals(null, failure.get());
        assertTrue(files(journal()).size() < 12);
    }
}
