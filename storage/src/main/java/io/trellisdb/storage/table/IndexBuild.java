package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds existing rows to an index. Confined to the partition's writer thread. */
final class IndexBuild {
    private static final byte[] DONE = new byte[0];
    /** Rows looked at in one step, whatever was asked for. */
    private static final int STEP_MAX = 4096;

    private final PartitionState partition;
    private final KeyspaceStore store;
    private final RowWriter rows;
    /** Indexes whose backfill came to its end since the store was opened. */
    private final Set<Long> finished = new HashSet<>();

    IndexBuild(PartitionState partition, KeyspaceStore store, RowWriter rows) {
        this.partition = partition;
        this.store = store;
        this.rows = rows;
    }

    private record StoredRow(byte[] key, byte[] value) {}

    /** One step of a backfill; see {@link io.trellisdb.storage.NodeStore#backfill}. */
    byte[] step(long containerId, long indexId, byte[] after, int maxRows) {
        ContainerState container = partition.findContainer(containerId);
        if (container == null) {
            return DONE;
        }
        Shape shape = container.shape();
        IndexShape index = shape.findIndex(indexId)
                .orElseThrow(() -> new IllegalStateException("index is not defined here: " + indexId));
        if (index.state() != State.BACKFILL) {
            throw new IllegalStateException("index is not being built: " + index.name() + " is " + index.state());
        }
        int count = Math.min(Math.max(maxRows, 1), STEP_MAX);
        byte[] from = after.length == 0 ? Slots.key(shape.rowSlot()) : Slots.above(Slots.key(shape.rowSlot(), after));
        List<StoredRow> step = read(shape.rowSlot(), from, count);
        try (Round round = store.begin()) {
            for (StoredRow row : step) {
                byte[] indexKey = rows.addEntry(round, shape, index, row.key(), row.value());
                if (index.isUnique() && indexKey != null) {
                    requireUnique(index, indexKey);
                }
            }
            round.commit();
        }
        if (step.size() == count) {
            return Slots.tail(step.get(step.size() - 1).key(), Slots.LENGTH);
        }
        finished.add(indexId);
        return DONE;
    }

    /**
     * Whether {@link #step} has added all rows. Its steps are not in the log: what a crash took of them is missing when the
     * log is replayed.
     */
    boolean isFinished(long indexId) {
        return finished.contains(indexId);
    }

    private List<StoredRow> read(int slot, byte[] from, int count) {
        List<StoredRow> found = new ArrayList<>();
        try (KeyCursor cursor = partition.rows().cursor()) {
            boolean isThere = cursor.seek(from);
            while (isThere && found.size() < count && Slots.slot(cursor.key()) == slot) {
                found.add(new StoredRow(cursor.key(), cursor.value()));
                isThere = cursor.next();
            }
        }
        return found;
    }

    /** Two entries of one key are two rows: the values are not unique. */
    private void requireUnique(IndexShape index, byte[] indexKey) {
        byte[] prefix = Slots.key(index.slot(), indexKey);
        try (KeyCursor cursor = partition.indexes().cursor()) {
            boolean isThere = cursor.seek(prefix);
            if (isThere && startsWith(cursor.key(), prefix) && cursor.next() && startsWith(cursor.key(), prefix)) {
                throw new TrellisException(
                        ErrorCode.UNIQUE_VIOLATION,
                        "rows have the same value in unique index " + index.name() + ": " + describe(index, indexKey));
            }
        }
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && java.util.Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static String describe(IndexShape index, byte[] indexKey) {
        io.trellisdb.common.batch.VectorBuilder[] builders = index.codec().parts().stream()
                .map(part -> io.trellisdb.common.batch.VectorBuilder.of(part.type(), 1))
                .toArray(io.trellisdb.common.batch.VectorBuilder[]::new);
        index.codec().decode(indexKey, 0, builders);
        List<@Nullable Object> values = new ArrayList<>();
        for (io.trellisdb.common.batch.VectorBuilder builder : builders) {
            values.add(builder.build().value(0));
        }
        return values.toString();
    }

    /** Adds all rows at once, for an index that arrives finished while there are rows already. */
    void addAll(Round round, Shape shape, IndexShape index) {
        byte[] from = Slots.key(shape.rowSlot());
        while (true) {
            List<StoredRow> step = read(shape.rowSlot(), from, STEP_MAX);
            for (StoredRow row : step) {
                rows.addEntry(round, shape, index, row.key(), row.value());
            }
            if (step.size() < STEP_MAX) {
                return;
            }
            from = Slots.above(step.get(step.size() - 1).key());
        }
    }
}
