package io.trellisdb.storage.table;

import io.trellisdb.storage.ImageHead;
import io.trellisdb.storage.ImageInstallation;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.JournalHold;
import io.trellisdb.storage.PartitionImage;
import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.series.WindowMemory;
import io.trellisdb.storage.timeseries.SeriesPartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** All partitions on one keyspace store; a writer thread applies rounds to its own partitions. */
public final class TableStore {
    private final KeyspaceStore store;
    private final RowVersions rowVersions = new RowVersions();
    private final AtomicReferenceArray<StoredPartition> partitions;
    private final WindowMemory memory;
    private final BlockCounters counters;

    private TableStore(KeyspaceStore store, int partitionCount, WindowMemory memory) {
        this.store = store;
        this.partitions = new AtomicReferenceArray<>(partitionCount);
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
        for (int partition = 0; partition < partitionCount; partition++) {
            loaded.load(partition);
        }
        return loaded;
    }

    private void load(int partition) {
        partitions.set(partition, new StoredPartition(store, partition, rowVersions, newSeries(partition)));
    }

    private SeriesPartition newSeries(int partition) {
        return new SeriesPartition(store, partition, memory, counters);
    }

    public int partitionCount() {
        return partitions.length();
    }

    public StoredPartition partition(int partition) {
        return partitions.get(partition);
    }

    private List<StoredPartition> all() {
        List<StoredPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions.length(); partition++) {
            all.add(partitions.get(partition));
        }
        return all;
    }

    /** Those that hold something. */
    private List<StoredPartition> present() {
        List<StoredPartition> present = all();
        present.removeIf(StoredPartition::isInstalling);
        return present;
    }

    /**
     * Begins to copy a partition.
     *
     * @param holds keeps the partition's log from an LSN on
     */
    public PartitionImage openImage(int partition, long imageId, int chunkBytes, LongFunction<JournalHold> holds) {
        return partition(partition).openImage(imageId, chunkBytes, holds);
    }

    /**
     * Begins to replace a partition by an image, or goes on with the same one.
     *
     * @param journalEnd forces the node's journal and tells where it ends
     * @param installed called when the image has taken the partition's place
     */
    public ImageInstallation install(ImageHead head, LongSupplier journalEnd, Runnable installed) {
        StoredPartition before = partition(head.partition());
        before.discard();
        ImageInstall install =
                new ImageInstall(store, head, before.install(), journalEnd, () -> derive(head.partition()), () -> {
                    load(head.partition());
                    installed.run();
                });
        install.begin();
        load(head.partition());
        return install;
    }

    private void derive(int partition) {
        new ImageDerivation(store, PartitionState.loadInstalled(store, partition, rowVersions, newSeries(partition)))
                .run();
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
        for (StoredPartition partition : all()) {
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
                StoredPartition partition = partition(entry.partition());
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
        return partition(partition).backfill(containerId, indexId, after, maxRows);
    }

    /** Removes about so many keys of dropped and truncated containers; returns how many were there. */
    public int sweep(int maxKeys) {
        int removed = 0;
        for (StoredPartition partition : present()) {
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
            partition(partition).sealThrough(lsns[partition]);
        }
    }

    /** Seals windows that should be, in partitions that nobody writes to; a few at a time. */
    public void settle() {
        for (StoredPartition partition : present()) {
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
        long[] covered = new long[partitions.length()];
        Arrays.fill(covered, Long.MAX_VALUE);
        for (StoredPartition partition : present()) {
            partition.settle(true);
            covered[partition.partition()] = partition.coveredLsn();
        }
        return covered;
    }

    /** Counts the rows of time series anew and stores positions as windows are: after entries were lost. */
    public void recount() {
        for (StoredPartition partition : present()) {
            partition.recount();
        }
    }

    /** Seals all windows. */
    public void compact() {
        for (StoredPartition partition : present()) {
            partition.compact();
        }
    }

    /** What has been applied, by partition. */
    public long[] appliedLsns() {
        long[] lsns = new long[partitions.length()];
        for (int partition = 0; partition < lsns.length; partition++) {
            lsns[partition] = partition(partition).appliedLsn();
        }
        return lsns;
    }

    /** From where the log has to be read again, by partition. */
    public long[] replayFroms() {
        long[] lsns = new long[partitions.length()];
        for (int partition = 0; partition < lsns.length; partition++) {
            lsns[partition] = partition(partition).replayFrom();
        }
        return lsns;
    }
}
