package io.trellisdb.storage.table;

import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** All partitions on one keyspace store; a writer thread applies rounds to its own partitions. */
public final class TableStore {
    private final KeyspaceStore store;
    private final StoredPartition[] partitions;

    private TableStore(KeyspaceStore store, StoredPartition[] partitions) {
        this.store = store;
        this.partitions = partitions;
    }

    /** Reads what is stored and finishes interrupted work. */
    public static TableStore load(KeyspaceStore store, int partitionCount) {
        RowVersions rowVersions = new RowVersions();
        StoredPartition[] partitions = new StoredPartition[partitionCount];
        for (int partition = 0; partition < partitionCount; partition++) {
            partitions[partition] = new StoredPartition(store, partition, rowVersions);
            partitions[partition].resume();
        }
        return new TableStore(store, partitions);
    }

    public int partitionCount() {
        return partitions.length;
    }

    public StoredPartition partition(int partition) {
        return partitions[partition];
    }

    /**
     * Applies entries in one round.
     *
     * @param hashes gives an entry's chain hash
     */
    public void apply(List<JournalEntry> entries, ToLongFunction<JournalEntry> hashes) {
        if (entries.isEmpty()) {
            return;
        }
        List<StoredPartition> touched = new ArrayList<>();
        try (Round round = store.begin()) {
            for (JournalEntry entry : entries) {
                StoredPartition partition = partitions[entry.partition()];
                if (!partition.isBegun()) {
                    partition.begin();
                    touched.add(partition);
                }
                partition.apply(round, entry, hashes.applyAsLong(entry));
            }
            for (StoredPartition partition : touched) {
                partition.finish(round);
            }
            round.commit();
        }
        touched.forEach(StoredPartition::committed);
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

    /** What has been applied, by partition. */
    public long[] appliedLsns() {
        long[] lsns = new long[partitions.length];
        for (int partition = 0; partition < lsns.length; partition++) {
            lsns[partition] = partitions[partition].appliedLsn();
        }
        return lsns;
    }
}
