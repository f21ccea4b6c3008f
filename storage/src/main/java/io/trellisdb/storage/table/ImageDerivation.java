package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.table.PartitionState.Garbage;
import io.trellisdb.storage.timeseries.TimeSeries;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes what an image does not carry: index entries, row counts, and the note that records of slots which nobody knows are to
 * be swept. One use, on a partition that nobody sees yet.
 */
final class ImageDerivation {
    private final KeyspaceStore store;
    private final PartitionState partition;
    private final IndexBuild indexBuild;

    ImageDerivation(KeyspaceStore store, PartitionState partition) {
        this.store = store;
        this.partition = partition;
        this.indexBuild = new IndexBuild(partition, store, new EntryWriter(partition.indexes()));
    }

    void run() {
        Set<Integer> slots = new HashSet<>();
        for (ContainerState container : partition.containers().values()) {
            Shape shape = container.shape();
            slots.add(shape.rowSlot());
            for (IndexShape index : shape.indexes()) {
                if (index.state() != State.FAILED) {
                    indexBuild.addAllInRounds(container, shape, index);
                }
            }
            putCount(shape.rowSlot(), count(container));
        }
        partition.garbage().forEach(garbage -> slots.add(garbage.slot()));
        sweepUnknown(KeyspaceKind.ROWS, partition.rows(), slots);
        sweepUnknown(KeyspaceKind.BLOCKS, partition.series().blocks(), slots);
    }

    private long count(ContainerState container) {
        TimeSeries series = container.series();
        return series == null ? countRecords(container.shape().rowSlot()) : countRows(series);
    }

    private long countRecords(int slot) {
        long count = 0;
        try (KeyCursor cursor = partition.rows().keyCursor()) {
            boolean isThere = cursor.seek(Slots.key(slot));
            while (isThere && Slots.slot(cursor.key()) == slot) {
                count++;
                isThere = cursor.next();
            }
        }
        return count;
    }

    private static long countRows(TimeSeries series) {
        AggregateRequest all =
                new AggregateRequest(0, List.of(KeyRange.ALL), Long.MIN_VALUE, Long.MAX_VALUE, false, null, List.of());
        try (AggregateCursor groups = series.aggregate(all)) {
            return groups.next() ? groups.rows() : 0;
        }
    }

    private void putCount(int slot, long count) {
        try (Round round = store.begin()) {
            round.put(partition.state(), StateKeys.rowCount(slot), PartitionState.encodeLong(count));
            round.commit();
        }
    }

    /** A container that came and went while the image was copied has left records. */
    private void sweepUnknown(KeyspaceKind kind, Keyspace keyspace, Set<Integer> known) {
        int slot = nextSlot(keyspace, 0);
        while (slot >= 0) {
            if (!known.contains(slot)) {
                Garbage garbage = new Garbage(kind, slot);
                try (Round round = store.begin()) {
                    round.put(partition.state(), StateKeys.garbage(slot), garbage.encode());
                    round.commit();
                }
            }
            slot = nextSlot(keyspace, slot + 1);
        }
    }

    /** The first slot at or above this one that has records; −1 when there is none. */
    private static int nextSlot(Keyspace keyspace, int from) {
        try (KeyCursor cursor = keyspace.keyCursor()) {
            return cursor.seek(Slots.key(from)) ? Slots.slot(cursor.key()) : -1;
        }
    }
}
