package io.trellisdb.storage.table;

import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.series.WindowMemory;
import io.trellisdb.storage.timeseries.SeriesPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** All partitions on one keyspace store; a writer thread applies rounds to its own partitions. */
public final class TableStore {
    private final KeyspaceStore store;
    private final StoredPartition[] partitions;
    private final WindowMemory memory;
    private final BlockCounters counters;

    private TableStore(KeyspaceStore store, int partitionCount, WindowMemory memory) {
        this.store = store;
        this.partitions = new StoredPartition[partitionCount];
        this.memory = memory;
        this.counters = new BlockCounters();
    }

    /**
     * Reads what is stored.
     *
     * @param maxWindowBytes heap of rows of time series that are in no block; beyond it windows are sealed
     */
    public static TableStore load(KeyspaceStore store, int partitionCount, long maxWindowBytes) {
        TableStore loaded = new TableStore(store, partitionCount, new WindowMemory(maxWindowBytes));
        RowVersions rowVersions = new RowVersions();
        for (int partition = 0; partition < partitionCount; partition++) {
            SeriesPartition series = new SeriesPartition(store, partition, loaded.memory, loaded.counters);
            loaded.partitions[partition] = new StoredPartition(store, partition, rowVersions, series);
        }
        return loaded;
    }

    public int partitionCount() {
        return partitions.length;
    }

    public StoredPartition partition(int partition) {
        return partitions[partition];
    }

    /** What was read of blocks, for metrics and tests. */
    public BlockCounters blockCounters() {
        return counters;
    }

    /**
     * Applies entries in one round.
     *
     * @param hashes gives an entry's chain hash
     */
    public void apply(List<JournalEntry> entries, ToLongFunction<JournalEntry> hashes) {
        apply(entries, hashes, false);
    }

    /** Applies entries read back from the log; of those that are applied already, rows that are in no block come back. */
    public void replay(List<JournalEntry> entries, ToLongFunction<JournalEntry> hashes) {
        apply(entries, hashes, true);
    }

    /** Nothing more is read back. */
    public void replayed() {
        for (StoredPartition partition : partitions) {
            partition.refilled();
        }
    }

    private void apply(List<JournalEntry> entries, ToLongFunction<JournalEntry> hashes, boolean isReplay) {
        if (entries.isEmpty()) {
            return;
        }
        List<StoredPartition> touched = new ArrayList<>();
        try (Round round = new LazyRound(store)) {
            for (JournalEntry entry : entries) {
                StoredPartition partition = partitions[entry.partition()];
                if (!partition.isBegun()) {
                    touched.add(partition);
                    partition.begin(round);
                }
                if (isReplay && entry.lsn() <= partition.appliedLsn()) {
                    partition.refill(entry);
                } else {
                    partition.apply(entry, hashes.applyAsLong(entry));
                }
            }
            for (StoredPartition partition : touched) {
                partition.finish(false);
            }
            round.commit();
            touched.forEach(StoredPartition::committed);
        } finally {
            touched.forEach(StoredPartition::release);
        }
    }

    public byte[] backfill(int partition, long containerId, long indexId, byte[] after, int maxRows) {
        return partitions[partition].backfill(containerId, indexId, after, maxRows);
    }

    /** Removes about so many keys of dropped and truncated containers; returns how many were there. */
    public int sweep(int maxKeys) {
        int removed = 0;
        for (StoredPartition partition : partitions) {
            if (removed >= maxKeys) {
                break;
            }
            removed += partition.sweep(maxKeys - removed);
        }
        return removed;
    }

    /** Lets windows with changes at or below these LSNs, one per partition, be sealed with the next rounds. */
    public void sealThrough(long[] lsns) {
        for (int partition = 0; partition < lsns.length; partition++) {
            partitions[partition].sealThrough(lsns[partition]);
        }
    }

    /** Seals windows that should be, in partitions that nobody writes to; a few at a time. */
    public void settle() {
        for (StoredPartition partition : partitions) {
            if (partition.mustSeal(memory.isOver())) {
                partition.settle(false);
            }
        }
    }

    /**
     * Stores how far each partition is applied.
     *
     * @return by partition the LSN up to which the log is not needed once the keyspaces are flushed
     */
    public long[] storePositions() {
        long[] covered = new long[partitions.length];
        for (int partition = 0; partition < covered.length; partition++) {
            partitions[partition].settle(true);
            covered[partition] = partitions[partition].coveredLsn();
        }
        return covered;
    }

    /** Counts the rows of time series anew and stores positions as windows are: after entries were lost. */
    public void recount() {
        for (StoredPartition partition : partitions) {
            partition.recount();
        }
    }

    /** Seals all windows. */
    public void compact() {
        for (StoredPartition partition : partitions) {
            partition.compact();
        }
    }

    /** What has been applied, by partition. */
    public long[] appliedLsns() {
        long[] lsns = new long[partitions.length];
        for (int partition = 0; partition < lsns.length; partition++) {
            lsns[partition] = partitions[partition].appliedLsn();
        }
        return lsns;
    }

    /** From where the log has to be read again, by partition. */
    public long[] replayFroms() {
        long[] lsns = new long[partitions.length];
        for (int partition = 0; partition < lsns.length; partition++) {
            lsns[partition] = partitions[partition].replayFrom();
        }
        return lsns;
    }
}
