package io.trellisdb.storage.table;

import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import java.util.List;

/**
 * One partition on keyspaces. A writer begins, applies entries and finishes inside a round, and calls {@link #committed}
 * when the round is; {@link TableStore} does that for many partitions in one round.
 */
public final class StoredPartition implements PartitionStore {
    private final PartitionState state;
    private final RowWriter rows;
    private final ContainerChanges containers;
    private final IndexBuild indexBuild;
    private final PartitionApplier applier;
    private final Sweeper sweeper;
    private final TableReader reader;

    StoredPartition(KeyspaceStore store, int partition, RowVersions rowVersions) {
        this.state = PartitionState.load(store, partition, rowVersions);
        this.rows = new RowWriter(state);
        this.indexBuild = new IndexBuild(state, store, rows);
        this.containers = new ContainerChanges(state, indexBuild);
        SessionResults results = new SessionResults(state.state());
        this.applier = new PartitionApplier(state, rows, containers, results);
        this.sweeper = new Sweeper(state, store);
        this.reader = new TableReader(state, results);
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

    @Override
    public PartitionReader reader() {
        return reader;
    }

    @Override
    public List<String> verify() {
        return new PartitionCheck(state).complaints();
    }

    boolean isBegun() {
        return applier.isBegun();
    }

    void begin() {
        applier.begin();
    }

    void apply(Round round, JournalEntry entry, long hash) {
        applier.apply(round, entry, hash);
    }

    void finish(Round round) {
        applier.finish(round);
    }

    void committed() {
        for (ContainerState container : applier.committed()) {
            sweeper.sweepFloor(container, rows, containers);
        }
    }

    byte[] backfill(long containerId, long indexId, byte[] after, int maxRows) {
        return indexBuild.step(containerId, indexId, after, maxRows);
    }

    int sweep(int maxKeys) {
        return sweeper.sweepGarbage(maxKeys);
    }

    /** Goes on with what a stop interrupted; before the first entry is applied. */
    void resume() {
        for (ContainerState container : state.containers().values()) {
            if (!container.shape().record().isSwept()) {
                sweeper.sweepFloor(container, rows, containers);
            }
        }
    }
}
