package io.trellisdb.storage.table;

import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.table.PartitionState.Garbage;
import java.util.ArrayList;
import java.util.List;

/** Removes rows, blocks and entries that nobody can see any more, in small rounds of its own. */
final class Sweeper {
    /** Keys removed in one round. */
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

    /** What is in the slots is somebody else's from here on. */
    synchronized void forget() {
        partition.garbage().clear();
    }

    private int sweepStep(Garbage garbage, int maxKeys) {
        int removed = 0;
        for (Keyspace keyspace : partition.keyspacesOf(garbage.kind())) {
            removed += removed < maxKeys ? sweepStep(keyspace, garbage.slot(), maxKeys - removed) : 0;
        }
        return removed;
    }

    private int sweepStep(Keyspace keyspace, int slot, int maxKeys) {
        List<byte[]> keys = new ArrayList<>();
        try (KeyCursor cursor = keyspace.keyCursor()) {
            boolean isThere = cursor.seek(Slots.key(slot));
            while (isThere && keys.size() < maxKeys && Slots.slot(cursor.key()) == slot) {
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
}
