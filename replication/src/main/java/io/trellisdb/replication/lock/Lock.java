package io.trellisdb.replication.lock;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One lock: its holders, and its waiters in the order of their starts. Confined to the partition's writer thread. */
final class Lock {
    final LockKey key;
    private @Nullable LockOwner exclusive;
    // Most locks are row locks that one statement holds and nobody waits for: the collections are made when needed.
    private @Nullable Set<LockOwner> shared;
    private @Nullable NavigableMap<Long, Waiter> waiters;

    Lock(LockKey key) {
        this.key = key;
    }

    boolean isFree() {
        return exclusive == null && (shared == null || shared.isEmpty()) && (waiters == null || waiters.isEmpty());
    }

    boolean isHeldBy(LockOwner owner, LockMode mode) {
        return exclusive == owner || mode == LockMode.SHARED && shared != null && shared.contains(owner);
    }

    /** The holders that keep {@code owner} from having the lock in this mode. */
    List<LockOwner> conflicts(LockOwner owner, LockMode mode) {
        if (exclusive != null) {
            return exclusive == owner ? List.of() : List.of(exclusive);
        }
        if (mode == LockMode.SHARED || shared == null || shared.isEmpty()) {
            return List.of();
        }
        List<LockOwner> others = new ArrayList<>(shared);
        others.remove(owner);
        return others;
    }

    void enqueue(LockOwner owner, LockMode mode) {
        if (waiters == null) {
            waiters = new TreeMap<>();
        }
        if (waiters.put(owner.startOrder, new Waiter(owner, mode)) != null) {
            throw new IllegalStateException("two statements have one start order: " + owner.startOrder);
        }
    }

    void dequeue(LockOwner owner) {
        if (waiters != null) {
            waiters.remove(owner.startOrder);
        }
    }

    /** Makes the oldest waiter a holder and returns it, or returns null when it must go on waiting. */
    @Nullable
    LockOwner grantNext() {
        if (waiters == null || waiters.isEmpty()) {
            return null;
        }
        Waiter oldest = waiters.firstEntry().getValue();
        if (!conflicts(oldest.owner, oldest.mode).isEmpty()) {
            return null;
        }
        waiters.pollFirstEntry();
        hold(oldest.owner, oldest.mode);
        return oldest.owner;
    }

    void hold(LockOwner owner, LockMode mode) {
        boolean hadIt = isHeldBy(owner, LockMode.SHARED);
        if (mode == LockMode.EXCLUSIVE) {
            if (shared != null) {
                shared.remove(owner);
            }
            exclusive = owner;
        } else {
            if (shared == null) {
                shared = new LinkedHashSet<>();
            }
            shared.add(owner);
        }
        if (!hadIt) {
            owner.held.add(this);
        }
    }

    void drop(LockOwner owner) {
        if (exclusive == owner) {
            exclusive = null;
        } else if (shared != null) {
            shared.remove(owner);
        }
    }

    private record Waiter(LockOwner owner, LockMode mode) {}
}
