package io.trellisdb.storage.table;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.ImageHead;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.JournalHold;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.timeseries.SeriesPartition;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One partition on keyspaces. A writer begins, applies entries and finishes inside a round, and calls {@link #committed}
 * when the round is; {@link TableStore} does that for many partitions in one round. Between rounds another thread may seal
 * windows in rounds of its own: whoever changes the partition holds {@link #lock}, which only such a short step makes wait.
 */
public final class StoredPartition implements PartitionStore {
    /** Rows of windows that are sealed at the end of a round at most, give or take one window. */
    private static final int SEALED_ROWS = 50_000;

    private final KeyspaceStore store;
    private final PartitionState state;
    private final IndexBuild indexBuild;
    private final PartitionApplier applier;
    private final Sweeper sweeper;
    private final TableReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long sealThroughLsn;
    /** A window that is not whole must not be sealed: older rows, or changes of its rows, may still come. */
    private boolean isRefilling;
    /** Guarded by the lock: an image takes this partition's place. */
    private boolean isDiscarded;
    /** Of the round at hand: confined to whoever holds the lock. */
    private PartitionRound round;

    StoredPartition(KeyspaceStore store, int partition, RowVersions rowVersions, SeriesPartition series) {
        this.store = store;
        this.state = PartitionState.load(store, partition, rowVersions, series);
        EntryWriter entries = new EntryWriter(state.indexes());
        this.indexBuild = new IndexBuild(state, store, entries);
        SessionResults results = new SessionResults(state.state());
        this.applier = new PartitionApplier(
                state,
                new RowWriter(state, entries),
                new SeriesRowWriter(entries),
                new ContainerChanges(state, indexBuild),
                results);
        this.sweeper = new Sweeper(state, store);
        this.reader = new TableReader(state, results);
        this.round = new PartitionRound(new LazyRound(store));
    }

    @Override
    public int partition() {
        return state.partition();
    }

    @Override
    public long appliedLsn() {
        return state.position().lsn();
    }

    @Override
    public long usableFromLsn() {
        return state.install() == null ? state.logBeginning().usableFromLsn() : Long.MAX_VALUE;
    }

    /** Whether an image is on its way into this partition. */
    public boolean isInstalling() {
        return state.install() != null;
    }

    /** Below this position of the journal there is another history of this partition. */
    public long journalBeginning() {
        return state.logBeginning().journalPosition();
    }

    /** The last entry that the journal need not have: an image ended with it. */
    public long installedLsn() {
        return state.logBeginning().lsn();
    }

    @Nullable
    InstallRecord install() {
        return state.install();
    }

    @Override
    public long lastHash() {
        return state.position().hash();
    }

    @Override
    public long lastLsn() {
        return state.position().lsn();
    }

    @Override
    public long lastCommitTimestamp() {
        return state.position().commitTimestamp();
    }

    /** From where the log has rows that are in no block, as it was when the partition was opened or stored last. */
    public long replayFrom() {
        return applier.coveredLsn() + 1;
    }

    @Override
    public PartitionReader reader() {
        return reader;
    }

    @Override
    public List<String> verify() {
        return new PartitionCheck(state).complaints();
    }

    boolean isBegun() {
        return lock.isHeldByCurrentThread() && applier.isBegun();
    }

    /**
     * Begins an image of what is applied by now, with nothing left in windows.
     *
     * @param holds keeps the log from an LSN on
     */
    ImageExport openImage(long imageId, int chunkBytes, LongFunction<JournalHold> holds) {
        if (isInstalling()) {
            throw new TrellisException(
                    ErrorCode.WRONG_OBJECT_STATE, "partition is being installed itself: " + partition());
        }
        JournalHold hold = holds.apply(coveredLsn() + 1);
        // most of it while entries come, the rest while they wait
        compact();
        lock.lock();
        try {
            compact();
            Position position = state.position();
            hold.advance(position.lsn() + 1);
            ImageHead head = new ImageHead(
                    partition(), imageId, position.lsn(), position.term(), position.hash(), position.commitTimestamp());
            return new ImageExport(head, state, chunkBytes, lock, hold);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody uses the partition any more: what it has in memory is given up. */
    void discard() {
        lock.lock();
        try {
            isDiscarded = true;
            sweeper.forget();
            for (ContainerState container : state.containers().values()) {
                TimeSeries series = container.series();
                if (series != null) {
                    series.forget();
                }
                long id = container.shape().descriptor().id();
                state.rowVersions().forget(id, container.shape().descriptor().version());
            }
        } finally {
            lock.unlock();
        }
    }

    void begin(Round shared) {
        if (isInstalling()) {
            throw new IllegalStateException("partition is being installed: " + partition());
        }
        lock.lock();
        round = new PartitionRound(shared);
        applier.begin(round);
    }

    void apply(JournalEntry entry, long hash) {
        isRefilling = false;
        applier.apply(round, entry, hash);
    }

    /** Puts rows of an entry that is applied already into windows again; between {@link #begin} and {@link #finish}. */
    void refill(JournalEntry entry) {
        isRefilling = true;
        applier.refill(entry);
    }

    /** Windows hold what they held when the applied position was stored, and may be sealed. */
    void refilled() {
        isRefilling = false;
    }

    void finish(boolean isForced) {
        if (!isRefilling) {
            state.series().sealThrough(sealThroughLsn, SEALED_ROWS);
            state.series().relieve(SEALED_ROWS);
        }
        applier.finish(round, isForced);
    }

    void committed() {
        applier.committed();
    }

    /** After {@link #committed}, or when the round failed. */
    void release() {
        if (lock.isHeldByCurrentThread()) {
            lock.unlock();
        }
    }

    /** From here on windows with changes at or below this LSN are sealed. */
    void sealThrough(long lsn) {
        sealThroughLsn = Math.max(sealThroughLsn, lsn);
    }

    /** Whether windows wait to be sealed although no entry comes. */
    boolean mustSeal(boolean isMemoryOver) {
        return state.series().hasWindowThrough(sealThroughLsn)
                || isMemoryOver && state.series().windowBytes() > 0;
    }

    /** Counts the rows of time series anew and stores the position. */
    void recount() {
        try (Round own = new LazyRound(store)) {
            begin(own);
            applier.recount();
            finish(true);
            own.commit();
            committed();
        } finally {
            release();
        }
    }

    /** Seals windows, and stores the position if it is forced to, in a round of its own. */
    void settle(boolean isForced) {
        lock.lock();
        try {
            if (!isDiscarded) {
                settleNow(isForced);
            }
        } finally {
            lock.unlock();
        }
    }

    private void settleNow(boolean isForced) {
        try (Round own = new LazyRound(store)) {
            begin(own);
            finish(isForced && applier.isBehind());
            own.commit();
            committed();
        } finally {
            release();
        }
    }

    /** Seals all windows. */
    void compact() {
        long through = appliedLsn();
        sealThroughLsn = Math.max(sealThroughLsn, through);
        do {
            settle(true);
        } while (state.series().hasWindowThrough(through));
    }

    /** Up to where stored data needs no log any more. */
    long coveredLsn() {
        lock.lock();
        try {
            return applier.coveredLsn();
        } finally {
            lock.unlock();
        }
    }

    byte[] backfill(long containerId, long indexId, byte[] after, int maxRows) {
        lock.lock();
        try {
            return indexBuild.step(containerId, indexId, after, maxRows);
        } finally {
            lock.unlock();
        }
    }

    int sweep(int maxKeys) {
        return sweeper.sweepGarbage(maxKeys);
    }
}
