package io.trellisdb.replication.lock;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All locks of one partition. Confined to the partition's writer thread; see the package documentation for its rules. */
public final class LockTable {
    private final Map<LockKey, Lock> locks = new HashMap<>();
    private @Nullable LockOwner requester;

    /**
     * Takes a lock, wounding younger holders where that helps. A lock that the statement has already, in this mode or a
     * stronger one, is taken at once; a shared lock becomes exclusive when nobody else holds it.
     *
     * @return whether the lock is held now; if not, the statement waits for it until it is granted or {@link #release} is called
     */
    public boolean acquire(LockOwner owner, LockKey key, LockMode mode) {
        if (owner.isWaiting()) {
            throw new IllegalStateException("statement asks for a lock while it waits for another: " + owner);
        }
        Lock lock = locks.computeIfAbsent(key, Lock::new);
        if (lock.isFree()) {
            lock.hold(owner, mode);
            return true;
        }
        if (lock.isHeldBy(owner, mode)) {
            return true;
        }
        lock.enqueue(owner, mode);
        owner.awaited = lock;
        requester = owner;
        woundYounger(lock, owner, mode);
        grant(lock);
        requester = null;
        return !owner.isWaiting();
    }

    /** Whether the statement holds the lock in this mode or a stronger one. */
    public boolean isHeld(LockOwner owner, LockKey key, LockMode mode) {
        Lock lock = locks.get(key);
        return lock != null && lock.isHeldBy(owner, mode);
    }

    /** Gives up everything that the statement holds and its place in a queue, and lets others go on. */
    public void release(LockOwner owner) {
        Lock awaited = owner.awaited;
        if (awaited != null) {
            owner.awaited = null;
            awaited.dequeue(owner);
        }
        List<Lock> held = List.copyOf(owner.held);
        owner.held.clear();
        for (Lock lock : held) {
            lock.drop(owner);
            grant(lock);
        }
        if (awaited != null) {
            grant(awaited);
        }
    }

    /** Locks that somebody holds or waits for. */
    public int size() {
        return locks.size();
    }

    private void woundYounger(Lock lock, LockOwner owner, LockMode mode) {
        for (LockOwner holder : lock.conflicts(owner, mode)) {
            if (holder.startOrder > owner.startOrder && holder.listener.wound()) {
                release(holder);
            }
        }
    }

    private void grant(Lock lock) {
        LockOwner next = lock.grantNext();
        while (next != null) {
            next.awaited = null;
            if (next != requester) {
                next.listener.granted();
            }
            next = lock.grantNext();
        }
        if (lock.isFree()) {
            locks.remove(lock.key, lock);
        }
    }
}
