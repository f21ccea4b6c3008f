package io.trellisdb.replication;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.replication.lock.LockKey;
import io.trellisdb.replication.lock.LockMode;
import io.trellisdb.replication.lock.LockOwner;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.write.WriteContext;

/** What a command sees during one run. Confined to the partition's writer; dead when the run is over. */
final class DecidingContext implements WriteContext {
    private final OwnedPartition partition;
    private final StatementPart part;
    private final Catalog catalog;
    private final int maxRowLocks;
    private boolean open = true;
    private boolean signalled;

    DecidingContext(OwnedPartition partition, StatementPart part, Catalog catalog, int maxRowLocks) {
        this.partition = partition;
        this.part = part;
        this.catalog = catalog;
        this.maxRowLocks = maxRowLocks;
    }

    @Override
    public PartitionReader reader() {
        requireOpen();
        return partition.reader();
    }

    @Override
    public Catalog catalog() {
        requireOpen();
        return catalog;
    }

    @Override
    public void lock(long containerId, byte[] rowKey) {
        if (!locksContainerFor(containerId)) {
            acquire(LockKey.row(containerId, rowKey), LockMode.EXCLUSIVE);
        }
    }

    @Override
    public void lockIndexKey(long indexId, byte[] indexKey) {
        if (!locksContainerFor(part.write().containerId())) {
            acquire(LockKey.indexKey(indexId, indexKey), LockMode.EXCLUSIVE);
        }
    }

    @Override
    public void lockContainer(long containerId) {
        acquire(LockKey.container(containerId), LockMode.EXCLUSIVE);
    }

    /** Keeps the container from being locked by others; every part does so first. */
    void shareContainer(long containerId) {
        acquire(LockKey.container(containerId), LockMode.SHARED);
    }

    void lockCounter(long containerId, int columnId) {
        acquire(LockKey.counter(containerId, columnId), LockMode.EXCLUSIVE);
    }

    @Override
    public long nextRowId(long containerId) {
        requireOpen();
        long rowId = partition.nextRowId(containerId);
        part.rowIds().merge(containerId, rowId, Math::max);
        return rowId;
    }

    @Override
    public long nowMillis() {
        requireOpen();
        return part.statement().nowMillis();
    }

    /** Ends the run. Returns whether a lock was missing, also when the command caught the signal. */
    boolean close() {
        open = false;
        return signalled;
    }

    /** Whether the whole container is locked, so that single keys need not be; sees to it when they become too many. */
    private boolean locksContainerFor(long containerId) {
        LockOwner owner = part.locks();
        LockKey container = LockKey.container(containerId);
        if (partition.locks().isHeld(owner, container, LockMode.EXCLUSIVE)) {
            return true;
        }
        if (owner.heldCount() >= maxRowLocks) {
            acquire(container, LockMode.EXCLUSIVE);
            return true;
        }
        if (containerId != part.write().containerId()) {
            acquire(container, LockMode.SHARED);
        }
        return false;
    }

    private void acquire(LockKey key, LockMode mode) {
        requireOpen();
        if (!partition.locks().acquire(part.locks(), key, mode)) {
            signalled = true;
            throw new LockUnavailable();
        }
    }

    private void requireOpen() {
        if (!open || signalled) {
            throw new IllegalStateException("write context is used after its run");
        }
    }
}
