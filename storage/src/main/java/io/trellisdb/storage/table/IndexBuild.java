package io.trellisdb.storage.table;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.catalog.IndexDescriptor.State;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.timeseries.TimeSeries;
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
    private final EntryWriter entries;
    /** Indexes whose backfill came to its end since the store was opened. */
    private final Set<Long> finished = new HashSet<>();

    IndexBuild(PartitionState partition, KeyspaceStore store, EntryWriter entries) {
        this.partition = partition;
        this.store = store;
        this.entries = entries;
    }

    /** Rows of one step: the index's columns, and the row keys. */
    private record Step(Batch columns, List<byte[]> rowKeys) {}

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
        Step step = read(container, shape, index, after, count);
        try (Round round = store.begin()) {
            entries.add(round, index, step.columns(), step.rowKeys());
            for (int row = 0; index.isUnique() && row < step.rowKeys().size(); row++) {
                byte[] indexKey = entries.uniqueKey(index, step.columns(), row);
                if (indexKey != null) {
                    requireUnique(index, indexKey);
                }
            }
            round.commit();
        }
        List<byte[]> keys = step.rowKeys();
        if (keys.size() == count) {
            return keys.get(keys.size() - 1);
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

    /** The next rows in key order. */
    private Step read(ContainerState container, Shape shape, IndexShape index, byte[] after, int count) {
        TimeSeries series = container.series();
        if (series != null) {
            return readSeries(series, index, after, count);
        }
        RowDecoder decoder = new RowDecoder(shape, index.columnIds(), false, count);
        List<byte[]> keys = new ArrayList<>();
        byte[] from = after.length == 0 ? Slots.key(shape.rowSlot()) : Slots.above(Slots.key(shape.rowSlot(), after));
        try (KeyCursor cursor = partition.rows().cursor()) {
            boolean isThere = cursor.seek(from);
            while (isThere && keys.size() < count && Slots.slot(cursor.key()) == shape.rowSlot()) {
                decoder.append(cursor.value(), cursor.key(), Slots.LENGTH);
                keys.add(Slots.tail(cursor.key(), Slots.LENGTH));
                isThere = cursor.next();
            }
        }
        return new Step(decoder.build(), keys);
    }

    private static Step readSeries(TimeSeries series, IndexShape index, byte[] after, int count) {
        KeyRange range = after.length == 0 ? KeyRange.ALL : new KeyRange(Slots.above(after), null);
        ScanRequest request =
                new ScanRequest(0, index.columnIds(), new ScanRequest.Access.Primary(range), false, count, true);
        List<Batch> parts = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        try (BatchCursor cursor = series.scan(request)) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                parts.add(batch);
                keys.addAll(SeriesRowWriter.rowKeys(batch));
            }
        }
        return new Step(parts.isEmpty() ? Vectors.emptyBatch(List.of()) : Vectors.concatBatches(parts), keys);
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

    /** Adds all rows in rounds of their own, for a partition that nobody sees yet. */
    void addAllInRounds(ContainerState container, Shape shape, IndexShape index) {
        byte[] after = DONE;
        while (true) {
            Step step = read(container, shape, index, after, STEP_MAX);
            try (Round round = store.begin()) {
                entries.add(round, index, step.columns(), step.rowKeys());
                round.commit();
            }
            if (step.rowKeys().size() < STEP_MAX) {
                return;
            }
            after = step.rowKeys().get(STEP_MAX - 1);
        }
    }

    /** Adds all rows at once, for an index that arrives finished while there are rows already. */
    void addAll(Round round, ContainerState container, Shape shape, IndexShape index) {
        byte[] after = DONE;
        while (true) {
            Step step = read(container, shape, index, after, STEP_MAX);
            entries.add(round, index, step.columns(), step.rowKeys());
            if (step.rowKeys().size() < STEP_MAX) {
                return;
            }
            after = step.rowKeys().get(STEP_MAX - 1);
        }
    }
}
