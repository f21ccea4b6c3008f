package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.engine.Statements.Backfill;
import io.trellisdb.storage.engine.Statements.Statement;
import io.trellisdb.storage.journal.FileJournal;
import io.trellisdb.testing.ManualClock;
import io.trellisdb.testing.vfs.Fault;
import io.trellisdb.testing.vfs.FaultPlan;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store on a simulated disk and keyspaces that forget, with the statements made to it and the model of what they leave.
 * Everything happens in the calling thread, the flushes of the journal too, so that a seed repeats it exactly.
 */
final class SimulatedNode {
    private static final int PARTITIONS = 2;
    private static final int ROWS_MAX = 60;
    private static final String JOURNAL = "journal";

    private final Random random;
    private final MemoryVfs vfs = new MemoryVfs();
    private final ForgetfulKeyspaces keyspaces = new ForgetfulKeyspaces(PARTITIONS);
    private final StoreOptions options;
    private final Statements statements;
    private final StoreModel model = new StoreModel();
    /** The last statement that the model has. */
    private long known;
    /** The last acknowledged statement. */
    private long acknowledged;
    /** The last statement below a position that a durable frame calls fsynced: its damage must be noticed. */
    private long guarded;

    private boolean wasCut;
    private @Nullable NodeStore opened;
    private @Nullable FileJournal journal;

    SimulatedNode(Random random) {
        this.random = random;
        this.options = StoreOptions.of(Path.of("simulated"), PARTITIONS)
                .withMinFreeBytes(0)
                .withSegmentBytes(2000 + random.nextInt(20_000))
                .withMaxWindowBytes(random.nextBoolean() ? random.nextInt(100_000) : 10_000_000)
                .withMaxReplayBytes(random.nextBoolean() ? random.nextInt(20_000) : 10_000_000);
        this.statements = new Statements(random.nextLong(), 1, ROWS_MAX);
    }

    NodeStore store() {
        NodeStore store = opened;
        if (store == null) {
            throw new IllegalStateException("store is not open");
        }
        return store;
    }

    TestOwner owner() {
        return new TestOwner(store());
    }

    void open() {
        open(options);
    }

    private void open(StoreOptions with) {
        NodeStore store = Stores.openIdle(with, vfs, keyspaces, new ManualClock(), random::nextLong);
        opened = store;
        journal = (FileJournal) store.journal();
    }

    /** Opening may fail on its way, too. */
    void openThroughCrashes() {
        while (random.nextInt(3) == 0) {
            vfs.setFaults(randomFault(8));
            try {
                open();
            } catch (TrellisException e) {
                assertTrue(e.code() == ErrorCode.IO_ERROR || e.code() == ErrorCode.DISK_FULL, e.getMessage());
            }
            end();
        }
        open();
    }

    private FaultPlan randomFault(int within) {
        FaultPlan.Operation[] kinds = {
            FaultPlan.Operation.WRITE,
            FaultPlan.Operation.FORCE,
            FaultPlan.Operation.CREATE,
            FaultPlan.Operation.DELETE,
            FaultPlan.Operation.RENAME,
            FaultPlan.Operation.TRUNCATE,
            FaultPlan.Operation.FORCE_DIRECTORY
        };
        List<Fault> faults = List.of(Fault.values());
        Fault fault = faults.get(random.nextInt(faults.size()));
        return FaultPlan.once(kinds[random.nextInt(kinds.length)], 1 + random.nextInt(within), fault);
    }

    void close() {
        wasCut = true;
        store().close();
        opened = null;
    }

    /** A group under way. */
    private record Pending(long number, List<JournalEntry> group, CompletableFuture<Boolean> done) {}

    /** Makes statements, some of them together, until so many are made or the disk fails. */
    void write(int count) {
        if (random.nextBoolean()) {
            vfs.setFaults(randomFault(2 * count + 2));
        }
        TestOwner owner = owner();
        Deque<Pending> pending = new ArrayDeque<>();
        try {
            for (int i = 0; i < count; i++) {
                Backfill backfill = statements.backfillBefore(next(pending));
                if (backfill != null) {
                    flush(pending);
                    backfill(0, backfill.container(), backfill.indexId());
                    backfill(1, backfill.container(), backfill.indexId());
                }
                append(owner, pending);
                if (random.nextInt(3) == 0) {
                    flush(pending);
                }
                if (random.nextInt(25) == 0) {
                    flush(pending);
                    wasCut = true;
                    settle();
                }
            }
        } catch (TrellisException e) {
            // the disk failed: from now on nothing may be acknowledged
            vfs.setFaults(FaultPlan.none());
            requireSilence(owner, pending);
        }
        vfs.setFaults(FaultPlan.none());
    }

    /** What happens in the background, or at an operator's wish. */
    private void settle() {
        switch (random.nextInt(4)) {
            case 0 -> store().compact();
            case 1 -> store().sweep(1 + random.nextInt(1000));
            default -> store().checkpoint();
        }
    }

    private long next(Deque<Pending> pending) {
        return pending.isEmpty()
                ? Math.max(known, acknowledged) + 1
                : pending.getLast().number() + 1;
    }

    private void append(TestOwner owner, Deque<Pending> pending) {
        Statement statement = statements.statement(next(pending));
        List<JournalEntry> group = owner.entries(
                statement.token(), statement.result(), Map.of(0, statement.operations(), 1, statement.operations()));
        pending.add(new Pending(statement.number(), group, TestOwner.appendLater(store().journal(), group)));
    }

    /** The flush thread's duty, and what an owner does afterwards. */
    private void flush(Deque<Pending> pending) {
        long guardedBefore = acknowledged;
        requireJournal().flushOnce();
        List<JournalEntry> durable = new ArrayList<>();
        boolean hasFrames = !pending.isEmpty();
        while (!pending.isEmpty()) {
            Pending first = pending.getFirst();
            if (first.done().isCompletedExceptionally()) {
                TestOwner.await(first.done());
            }
            assertTrue(first.done().isDone(), "journal keeps silent about a group that it has flushed");
            acknowledged = first.number();
            durable.addAll(first.group());
            pending.removeFirst();
        }
        if (hasFrames) {
            // this flush began with a frame that calls fsynced what the flushes before it wrote
            guarded = Math.max(guarded, guardedBefore);
        }
        store().apply(durable);
    }

    private FileJournal requireJournal() {
        FileJournal open = journal;
        if (open == null) {
            throw new IllegalStateException("store is not open");
        }
        return open;
    }

    /** A failed write or force ends acknowledgements for good, although the disk works again. */
    private void requireSilence(TestOwner owner, Deque<Pending> pending) {
        if (!store().journal().isFailed()) {
            return;
        }
        for (Pending each : pending) {
            assertTrue(each.done().isCompletedExceptionally(), "acknowledged after a failure: " + each.number());
        }
        append(owner, pending);
        requireJournal().flushOnce();
        assertTrue(pending.getLast().done().isCompletedExceptionally(), "acknowledged after a failure");
        assertThrows(TrellisException.class, () -> store().requireWritable());
    }

    /** The process is killed, and perhaps the machine loses its power. */
    void end() {
        if (random.nextInt(3) > 0) {
            losePower();
        } else {
            vfs.setFaults(FaultPlan.none());
            vfs.kill();
            keyspaces.kill(random);
            opened = null;
        }
    }

    /** The power is gone; nothing that is open works any more. */
    void losePower() {
        vfs.setFaults(FaultPlan.none());
        vfs.crash(random.nextLong());
        if (!wasCut && random.nextInt(4) == 0) {
            // the journal reaches back to the beginning, so it can make everything anew
            keyspaces.lose();
        } else {
            keyspaces.crash(random);
        }
        opened = null;
    }

    /** The power is gone, and data has nothing but what was flushed. */
    void loseAllOfData() {
        vfs.crash(random.nextLong());
        keyspaces.forget();
        opened = null;
    }

    /** A bit flips in the journal of a node without power: refused, or harmless to all that was known fsynced. */
    void damage() {
        losePower();
        List<String> names = vfs.list(JOURNAL);
        if (names.isEmpty()) {
            return;
        }
        String name = JOURNAL + "/" + names.get(random.nextInt(names.size()));
        long size = size(name);
        if (size == 0) {
            return;
        }
        long position = random.nextLong(size);
        int bit = random.nextInt(8);
        vfs.flipBit(name, position, bit);
        TrellisException refusal = tryToOpen();
        if (refusal != null) {
            assertEquals(ErrorCode.DATA_CORRUPTED, refusal.code(), refusal.getMessage());
            vfs.flipBit(name, position, bit);
            return;
        }
        check(guarded);
        losePower();
    }

    private @Nullable TrellisException tryToOpen() {
        try {
            open();
            return null;
        } catch (TrellisException e) {
            return e;
        }
    }

    private long size(String name) {
        try (VfsFile file = vfs.openReadOnly(name)) {
            return file.size();
        }
    }

    /** Everything acknowledged is there, everything else whole or absent. */
    void check() {
        check(acknowledged);
    }

    private void check(long atLeast) {
        long last = store().partition(0).lastLsn();
        assertEquals(last, store().partition(1).lastLsn(), "a statement is in one of two partitions");
        assertTrue(last >= atLeast, () -> "statements are lost: " + atLeast + ", found " + last);
        assertFalse(last < known, () -> "statements that were recovered are lost: " + known + ", found " + last);
        for (long number = known + 1; number <= last; number++) {
            model.apply(statements.statement(number).operations());
        }
        known = last;
        acknowledged = last;
        // in segments that are followed by another one
        guarded = last;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            model.check(store().partition(partition), random);
            StatementResults.check(store().partition(partition).reader(), statements, 1, last);
        }
    }

    void write(TestOwner owner, int partition, Operation... operations) {
        List<JournalEntry> group = owner.entries(null, null, Map.of(partition, List.of(operations)));
        CompletableFuture<Boolean> done = TestOwner.appendLater(store().journal(), group);
        requireJournal().flushOnce();
        TestOwner.await(done);
        store().apply(group);
    }

    void backfill(int partition, ContainerDescriptor container, long indexId) {
        byte[] after = new byte[0];
        do {
            after = store().backfill(partition, container, indexId, after, 100);
        } while (after.length > 0);
    }
}
