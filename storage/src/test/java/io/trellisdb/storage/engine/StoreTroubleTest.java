package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.journal.FileJournal;
import io.trellisdb.testing.ManualClock;
import io.trellisdb.testing.vfs.Fault;
import io.trellisdb.testing.vfs.FaultPlan;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store does when its disk fails, is full or is not its own. */
final class StoreTroubleTest {
    private static final ContainerDescriptor PEOPLE = Containers.people(5);

    @TempDir
    Path folder;

    private final MemoryVfs vfs = new MemoryVfs();
    private final ForgetfulKeyspaces keyspaces = new ForgetfulKeyspaces(1);
    private final StoreOptions simulated =
            StoreOptions.of(Path.of("simulated"), 1).withMinFreeBytes(0);

    private JournaledStore openSimulated() {
        return Stores.openIdle(simulated, vfs, keyspaces, new ManualClock(), new Random(1)::nextLong);
    }

    private StoreOptions options() {
        return StoreOptions.of(folder.resolve("store"), KilledChild.PARTITIONS)
                .withMinFreeBytes(0)
                .withSegmentBytes(4000);
    }

    private static Operation[] put(long id) {
        Batch rows = Containers.rows(PEOPLE, List.of(List.of(id, "name" + id, 0.5)));
        return new Operation[] {
            new Operation.DefineContainer(PEOPLE), new Operation.PutRows(5, 1, rows, RowKeys.ofRows(PEOPLE, rows))
        };
    }

    private static List<Object> ids(NodeStore store) {
        assertEquals(List.of(), store.partition(0).verify());
        return Readings.scan(store.partition(0).reader(), ScanRequest.all(5, List.of(1))).stream()
                .map(row -> row.get(0))
                .toList();
    }

    /** Appends in the calling thread, which is the flush thread too. */
    private static CompletableFuture<Boolean> append(NodeStore store, TestOwner owner, long id) {
        List<JournalEntry> group = owner.entries(null, null, Map.of(0, List.of(put(id))));
        CompletableFuture<Boolean> done = TestOwner.appendLater(store.journal(), group);
        ((FileJournal) store.journal()).flushOnce();
        if (!done.isCompletedExceptionally()) {
            store.apply(group);
        }
        return done;
    }

    private static ErrorCode failure(CompletableFuture<Boolean> done) {
        return assertThrows(TrellisException.class, () -> TestOwner.await(done)).code();
    }

    @Test
    void failedForceEndsAcknowledgementsAndIsNotRetried() {
        JournaledStore store = openSimulated();
        TestOwner owner = new TestOwner(store);
        assertTrue(append(store, owner, 1).isDone());
        vfs.setFaults(FaultPlan.once(FaultPlan.Operation.FORCE, 1, Fault.IO_ERROR));

        assertEquals(ErrorCode.IO_ERROR, failure(append(store, owner, 2)));

        AtomicInteger forces = new AtomicInteger();
        vfs.setFaults((operation, name) -> {
            boolean isForce = operation == FaultPlan.Operation.FORCE || operation == FaultPlan.Operation.WRITE;
            forces.addAndGet(isForce ? 1 : 0);
            return null;
        });
        assertEquals(ErrorCode.IO_ERROR, failure(append(store, owner, 3)));
        assertEquals(
                ErrorCode.IO_ERROR,
                assertThrows(TrellisException.class, store::requireWritable).code());
        assertTrue(store.journal().isFailed());
        store.close();
        assertEquals(0, forces.get(), "a failed journal is written or forced again");
        vfs.crash(1);
        keyspaces.crash(new Random(1));
        assertEquals(List.of(1L), ids(openSimulated()));
    }

    @Test
    void diskThatIsFullInTheMiddleOfAWriteLosesNothingAcknowledged() {
        JournaledStore store = openSimulated();
        TestOwner owner = new TestOwner(store);
        assertTrue(append(store, owner, 1).isDone());
        vfs.setFaults(FaultPlan.once(FaultPlan.Operation.WRITE, 1, Fault.HALF_WRITTEN));

        assertEquals(ErrorCode.DISK_FULL, failure(append(store, owner, 2)));

        assertEquals(
                ErrorCode.DISK_FULL,
                assertThrows(TrellisException.class, store::requireWritable).code());
        store.close();
        vfs.kill();
        JournaledStore again = openSimulated();
        assertEquals(List.of(1L), ids(again));
        assertTrue(append(again, new TestOwner(again), 3).isDone());
        assertEquals(List.of(1L, 3L), ids(again));
    }

    @Test
    void dataThatMayNotGrowFailsTheStoreAndIsRebuilt() {
        StoreOptions greedy = options().withMinFreeBytes(Long.MAX_VALUE / 8);
        DiskVfs disk = DiskVfs.open(options().directory());
        try (NodeStore store = Stores.open(options(), NanoClock.system())) {
            new TestOwner(store).write(0, put(1));
        }
        TrellisException refused = assertThrows(TrellisException.class, () -> {
            try (NodeStore store = Stores.open(options(), disk, new JeDirectory(greedy), NanoClock.system(), () -> 5)) {
                TestOwner owner = new TestOwner(store);
                for (long id = 2; id < 2000; id++) {
                    owner.write(0, put(id));
                }
            }
        });
        assertEquals(ErrorCode.DISK_FULL, refused.code(), refused.getMessage());

        try (NodeStore store = Stores.open(options(), NanoClock.system())) {
            assertTrue(ids(store).size() >= 1);
            new TestOwner(store).write(0, put(5000));
        }
    }

    @Test
    void directoryOfALivingProcessIsRefused() throws Exception {
        Path directory = options().directory();
        ChildProcess child = ChildProcess.start(directory, Journal.Level.FLUSH, 1, 1, 1_000_000);
        child.hear("open", 1);

        TrellisException refused = assertThrows(TrellisException.class, () -> Stores.open(options(), NanoClock.system())
                .close());

        assertEquals(ErrorCode.OBJECT_IN_USE, refused.code());
        assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
        child.killAfterMicros(0);
        Stores.open(options(), NanoClock.system()).close();
    }

    @Test
    void childIsRefusedByItsParentsDirectory() throws Exception {
        try (NodeStore store = Stores.open(options(), NanoClock.system())) {
            ChildProcess child = ChildProcess.start(options().directory(), Journal.Level.FLUSH, 1, 1, 1);
            child.hear("closed", 1);

            IllegalStateException failed =
                    assertThrows(IllegalStateException.class, () -> child.killAfterMicros(60_000_000));

            assertTrue(String.valueOf(failed.getMessage()).startsWith("child failed"), failed.getMessage());
            new TestOwner(store).write(0, put(1));
        }
    }

    @Test
    void fileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Files.writeString(options().directory(), "in the way");

        assertRefusedNaming(options().directory().toString());
    }

    @Test
    void directoryThatMayNotBeWrittenIsRefused() throws IOException {
        Path directory = Files.createDirectory(options().directory());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(directory), "permissions do not bind this user");
            assertRefusedNaming(directory.toString());
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private void assertRefusedNaming(String path) {
        TrellisException refused = assertThrows(TrellisException.class, () -> Stores.open(options(), NanoClock.system())
                .close());
        assertEquals(ErrorCode.IO_ERROR, refused.code());
        assertTrue(refused.getMessage().contains(path), refused.getMessage());
    }

    @Test
    void diskThatRefusesNewFilesRefusesTheStoreAndReleasesIt() {
        for (FaultPlan.Operation operation :
                List.of(FaultPlan.Operation.CREATE, FaultPlan.Operation.RENAME, FaultPlan.Operation.FORCE_DIRECTORY)) {
            MemoryVfs disk = new MemoryVfs();
            disk.setFaults(FaultPlan.once(operation, 1, Fault.IO_ERROR));

            TrellisException refused = assertThrows(TrellisException.class, () -> open(disk, simulated));

            assertEquals(ErrorCode.IO_ERROR, refused.code());
            disk.setFaults(FaultPlan.none());
            JournaledStore store = open(disk, simulated);
            assertTrue(append(store, new TestOwner(store), 1).isDone());
            assertEquals(List.of(1L), ids(store));
        }
    }

    private static JournaledStore open(MemoryVfs disk, StoreOptions options) {
        return Stores.openIdle(options, disk, new ForgetfulKeyspaces(1), new ManualClock(), new Random(1)::nextLong);
    }

    @Test
    void damageOfTheJournalIsNamedWithFileAndPosition() {
        StoreOptions small = simulated.withSegmentBytes(4000);
        JournaledStore store = open(vfs, small);
        TestOwner owner = new TestOwner(store);
        for (long id = 1; id <= 100; id++) {
            assertTrue(append(store, owner, id).isDone());
        }
        vfs.kill();
        String oldest = "journal/" + vfs.list("journal").get(0);
        vfs.flipBit(oldest, 3000, 2);

        TrellisException refused = assertThrows(TrellisException.class, () -> open(vfs, small));

        assertEquals(ErrorCode.DATA_CORRUPTED, refused.code());
        assertTrue(
                refused.getMessage().matches("journal is damaged: " + oldest + " at \\d+ has a bad frame.*"),
                refused.getMessage());
        List<Object> kept = ids(open(vfs, small.forced()));
        assertEquals(LongStream.rangeClosed(1, kept.size()).boxed().toList(), kept);
        assertTrue(kept.size() > 1 && kept.size() < 100, kept.toString());
        assertTrue(vfs.list("journal").stream().anyMatch(name -> name.endsWith(".lost")), () -> vfs.list("journal")
                .toString());
    }

    @Test
    void missingPieceOfTheJournalIsNamed() {
        StoreOptions small = simulated.withSegmentBytes(4000);
        JournaledStore store = open(vfs, small);
        TestOwner owner = new TestOwner(store);
        for (long id = 1; id <= 100; id++) {
            assertTrue(append(store, owner, id).isDone());
        }
        vfs.kill();
        vfs.delete("journal/" + vfs.list("journal").get(1));

        TrellisException refused = assertThrows(TrellisException.class, () -> open(vfs, small));

        assertEquals(ErrorCode.DATA_CORRUPTED, refused.code());
        assertTrue(
                refused.getMessage().contains("journal/" + vfs.list("journal").get(1) + " at 0 begins at"),
                refused.getMessage());
    }

    /** Each entry names the hash of the one before it, so that logs of two histories never become one. */
    @Test
    void journalsOfTwoHistoriesDoNotBecomeOne() {
        StoreOptions small = simulated.withSegmentBytes(2000);
        MemoryVfs other = new MemoryVfs();
        write(vfs, small, "some");
        write(other, small, "else");
        List<String> names = vfs.list("journal");
        assertEquals(names, other.list("journal"));
        for (String name : names.subList(1, names.size())) {
            replace(vfs, other, "journal/" + name);
        }

        TrellisException refused = assertThrows(TrellisException.class, () -> open(vfs, small));

        assertEquals(ErrorCode.DATA_CORRUPTED, refused.code());
        assertTrue(refused.getMessage().contains("does not continue the entry before it"), refused.getMessage());
    }

    private static void write(MemoryVfs disk, StoreOptions options, String name) {
        JournaledStore store = open(disk, options);
        TestOwner owner = new TestOwner(store);
        for (long id = 1; id <= 30; id++) {
            Batch rows = Containers.rows(PEOPLE, List.of(List.of(id, name, 0.5)));
            Operation.PutRows put = new Operation.PutRows(5, 1, rows, RowKeys.ofRows(PEOPLE, rows));
            List<JournalEntry> group =
                    owner.entries(null, null, Map.of(0, List.of(new Operation.DefineContainer(PEOPLE), put)));
            CompletableFuture<Boolean> done = TestOwner.appendLater(store.journal(), group);
            ((FileJournal) store.journal()).flushOnce();
            TestOwner.await(done);
            store.apply(group);
        }
        disk.kill();
    }

    private static void replace(MemoryVfs target, MemoryVfs source, String name) {
        target.delete(name);
        try (VfsFile from = source.openReadOnly(name);
                VfsFile to = target.create(name)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) from.size());
            from.read(bytes, 0);
            to.write(bytes.flip(), 0);
        }
    }
}
