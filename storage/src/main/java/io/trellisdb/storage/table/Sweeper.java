package io.trellisdb.storage.table;

import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.table.PartitionState.Garbage;
import java.util.ArrayList;
import java.util.List;

/** Removes rows and entries that nobody can see any more, in small rounds of its own. */
final class Sweeper {
    /** Keys removed, or rows looked at, in one round. */
    private static final int STEP = 1000;

    private final PartitionState partition;
    private final KeyspaceStore store;

    Sweeper(PartitionState partition, KeyspaceStore store) {
        this.partition = partition;
        this.store = store;
    }

    /**
     * Removes keys of slots that nobody uses; any thread, one at a time.
     *
     * @return how many keys were removed, less than {@code maxKeys} when nothing is left
     */
    synchronized int sweepGarbage(int maxKeys) {
        int removed = 0;
        while (removed < maxKeys) {
            Garbage garbage = partition.garbage().peek();
            if (garbage == null) {
                return removed;
            }
            int step = sweepStep(garbage, Math.min(STEP, maxKeys - removed));
            removed += step;
            if (step == 0) {
                try (Round round = store.begin()) {
                    round.delete(partition.state(), StateKeys.garbage(garbage.slot()));
                    round.commit();
                }
                partition.garbage().remove();
            }
        }
        return removed;
    }

    private int sweepStep(Garbage garbage, int maxKeys) {
        Keyspace keyspace = garbage.kind() == KeyspaceKind.ROWS ? partition.rows() : partition.indexes();
        List<byte[]> keys = new ArrayList<>();
        try (KeyCursor cursor = keyspace.cursor()) {
            boolean isThere = cursor.seek(Slots.key(garbage.slot()));
            while (isThere && keys.size() < maxKeys && Slots.slot(cursor.key()) == garbage.slot()) {
                keys.add(cursor.key());
                isThere = cursor.next();
            }
        }
        if (keys.isEmpty()) {
            return 0;
        }
        try (Round round = store.begin()) {
            keys.forEach(key -> round.delete(keyspace, key));
            round.commit();
        }
        return keys.size();
    }

    /** Removes a time series' rows under its floor; on the partition's writer thread. */
    void sweepFloor(ContainerState container, RowWriter rows, ContainerChanges changes) {
        Shape shape = container.shape();
        byte[] from = Slots.key(shape.rowSlot());
        while (true) {
            byte[] next = sweepFloorStep(container, shape, from, rows, changes);
            if (next == null) {
                return;
            }
            from = next;
        }
    }

    private byte @org.jspecify.annotations.Nullable [] sweepFloorStep(
            ContainerState container, Shape shape, byte[] from, RowWriter rows, ContainerChanges changes) {
        List<byte[]> old = new ArrayList<>();
        byte[] last = null;
        int seen = 0;
        boolean isThere;
        try (KeyCursor cursor = partition.rows().cursor()) {
            isThere = cursor.seek(from);
            while (isThere && seen < STEP && Slots.slot(cursor.key()) == shape.rowSlot()) {
                last = cursor.key();
                seen++;
                if (shape.isUnderFloor(last)) {
                    old.add(Slots.tail(last, Slots.LENGTH));
                }
                isThere = cursor.next();
            }
        }
        boolean isDone = seen < STEP;
        if (!old.isEmpty() || isDone) {
            try (Round round = store.begin()) {
                rows.delete(round, container, old);
                if (container.takeNewCount()) {
                    byte[] key = StateKeys.rowCount(shape.rowSlot());
                    round.put(partition.state(), key, PartitionState.encodeLong(container.rows()));
                }
                if (isDone) {
                    changes.floorSwept(round, container);
                }
                round.commit();
            }
        }
        return isDone || last == null ? null : Slots.above(last);
    }
}
