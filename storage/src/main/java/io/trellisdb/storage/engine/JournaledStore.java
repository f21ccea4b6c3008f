package io.trellisdb.storage.engine;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsLock;
import io.trellisdb.storage.ImageHead;
import io.trellisdb.storage.ImageInstallation;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.PartitionImage;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.storage.journal.FileJournal;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.table.TableStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tables and the journal that makes them durable. */
final class JournaledStore implements NodeStore {
    /** The operating system is asked for free space at most this often. */
    private static final long SPACE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Keys of dropped containers that one checkpoint removes. */
    private static final int SWEEP_KEYS = 50_000;

    private final StoreOptions options;
    private final Vfs vfs;
    private final VfsLock directoryLock;
    private final KeyspaceStore keyspaces;
    private final TableStore tables;
    private final FileJournal journal;
    private final ReplayBound replayBound;
    private final NanoClock clock;
    private final AtomicReference<@Nullable TrellisException> failure = new AtomicReference<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final Object checkpointLock = new Object();
    private final SecureRandom imageIds = new SecureRandom();
    private volatile long freeBytes;
    private volatile long freeBytesAskedNanos;

    JournaledStore(StoreOptions options, Vfs vfs, VfsLock directoryLock, StoreOpening.Opened opened, NanoClock clock) {
        this.options = options;
        this.vfs = vfs;
        this.directoryLock = directoryLock;
        this.keyspaces = opened.keyspaces();
        this.tables = opened.tables();
        this.journal = opened.journal();
        this.replayBound = new ReplayBound(journal, tables, options.maxReplayBytes());
        this.clock = clock;
        this.freeBytes = vfs.freeBytes();
        this.freeBytesAskedNanos = clock.nanoTime();
    }

    /** Starts the journal's flush thread. */
    void start() {
        journal.start();
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
        requireNotFailed();
        try {
            tables.apply(entries, journal::chainHash);
            replayBound.look();
        } catch (RuntimeException e) {
            throw failed(e);
        }
        for (int i = 0; i < entries.size(); i++) {
            JournalEntry entry = entries.get(i);
            boolean isLastOfRun = i + 1 == entries.size() || entries.get(i + 1).partition() != entry.partition();
            if (isLastOfRun) {
                journal.forgetThrough(entry.partition(), entry.lsn());
            }
        }
    }

    private TrellisException failed(RuntimeException e) {
        TrellisException cause = new TrellisException(
                e instanceof TrellisException known ? known.code() : ErrorCode.INTERNAL,
                "store failed to apply an entry and must be opened again: " + e.getMessage(),
                e);
        failure.compareAndSet(null, cause);
        return cause;
    }

    private void requireNotFailed() {
        TrellisException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public byte[] backfill(int partition, ContainerDescriptor container, long indexId, byte[] after, int maxRows) {
        requireNotFailed();
        return tables.backfill(partition, container.id(), indexId, after, maxRows);
    }

    @Override
    public void requireWritable() {
        requireNotFailed();
        journal.requireRoom();
        long now = clock.nanoTime();
        if (now - freeBytesAskedNanos >= SPACE_INTERVAL_NANOS) {
            freeBytesAskedNanos = now;
            freeBytes = vfs.freeBytes();
        }
        if (freeBytes < options.minFreeBytes()) {
            throw new TrellisException(
                    ErrorCode.DISK_FULL,
                    "disk is too full for changes: " + freeBytes + " bytes are free under " + options.directory() + ", "
                            + options.minFreeBytes() + " must stay free");
        }
    }

    @Override
    public int sweep(int maxKeys) {
        requireNotFailed();
        settle();
        return tables.sweep(maxKeys);
    }

    private void settle() {
        try {
            replayBound.look();
            tables.settle();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public void checkpoint() {
        synchronized (checkpointLock) {
            requireNotFailed();
            settle();
            storeAndCut(false);
            tables.sweep(SWEEP_KEYS);
        }
    }

    private void storeAndCut(boolean mustRoll) {
        long[] covered;
        try {
            covered = tables.storePositions();
        } catch (RuntimeException e) {
            throw failed(e);
        }
        if (mustRoll) {
            journal.roll();
        } else if (options.level() == Journal.Level.BUFFERED) {
            // data should not be durable before the entries that it comes from
            journal.force();
        }
        keyspaces.flush();
        journal.truncate(covered);
    }

    @Override
    public void compact() {
        synchronized (checkpointLock) {
            requireNotFailed();
            sealAll();
            storeAndCut(true);
            tables.sweep(Integer.MAX_VALUE);
            keyspaces.compact();
        }
    }

    private void sealAll() {
        try {
            tables.compact();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public PartitionImage openImage(int partition, int chunkBytes, long holdBytes) {
        requireNotFailed();
        long imageId = imageIds.nextLong();
        return tables.openImage(partition, imageId, chunkBytes, fromLsn -> journal.hold(partition, fromLsn, holdBytes));
    }

    @Override
    public ImageInstallation installImage(ImageHead head) {
        requireNotFailed();
        int partition = head.partition();
        return tables.install(
                head, () -> journal.beginAnew(partition), () -> journal.forgetThrough(partition, Long.MAX_VALUE));
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (failure.get() == null && !journal.isFailed()) {
                synchronized (checkpointLock) {
                    sealAll();
                    storeAndCut(false);
                }
            }
        } finally {
            closeFiles();
        }
    }

    private void closeFiles() {
        try {
            journal.close();
        } finally {
            try {
                keyspaces.close();
            } finally {
                directoryLock.close();
            }
        }
    }
}
