package io.trellisdb.storage.memory;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.storage.table.TableStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store on the heap; closing it forgets everything. */
public final class MemoryNodeStore implements NodeStore {
    /** Rows of time series take less heap in blocks. */
    private static final long MAX_WINDOW_BYTES = 64L * 1024 * 1024;
    /** Keys of dropped containers that one checkpoint removes. */
    private static final int SWEEP_KEYS = 50_000;

    private final TableStore tables;
    private final MemoryJournal journal = new MemoryJournal();
    private final AtomicReference<@Nullable TrellisException> failure = new AtomicReference<>();

    public MemoryNodeStore(int partitionCount) {
        this.tables = TableStore.load(new MemoryKeyspaceStore(partitionCount), partitionCount, MAX_WINDOW_BYTES);
    }

    @Override
    public int partitionCount() {
        return tables.partitionCount();
    }

    @Override
    public PartitionStore partition(int partition) {
        return tables.partition(partition);
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public void apply(List<JournalEntry> entries) {
        requireWritable();
        try {
            tables.apply(entries, journal::chainHash);
        } catch (RuntimeException e) {
            TrellisException cause = new TrellisException(
                    e instanceof TrellisException known ? known.code() : ErrorCode.INTERNAL,
                    "store failed to apply an entry and is lost: " + e.getMessage(),
                    e);
            failure.compareAndSet(null, cause);
            throw cause;
        }
    }

    @Override
    public byte[] backfill(int partition, ContainerDescriptor container, long indexId, byte[] after, int maxRows) {
        requireWritable();
        return tables.backfill(partition, container.id(), indexId, after, maxRows);
    }

    @Override
    public void requireWritable() {
        TrellisException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public int sweep(int maxKeys) {
        requireWritable();
        tables.settle();
        return tables.sweep(maxKeys);
    }

    @Override
    public void compact() {
        requireWritable();
        tables.compact();
        tables.sweep(Integer.MAX_VALUE);
    }

    @Override
    public void checkpoint() {
        tables.sweep(SWEEP_KEYS);
    }

    @Override
    public void close() {}
}
