package io.trellisdb.replication.lock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement's side of the lock table: what it holds and what it waits for. Confined to the partition's writer thread. */
public final class LockOwner {
    final long startOrder;
    final Listener listener;
    final List<Lock> held = new ArrayList<>();

    @Nullable
    Lock awaited;

    /** @param startOrder the statement's place in the order of starts; different for every statement, kept when it is run again */
    public LockOwner(long startOrder, Listener listener) {
        this.startOrder = startOrder;
        this.listener = listener;
    }

    public boolean isWaiting() {
        return awaited != null;
    }

    /** How many locks the statement holds. */
    public int heldCount() {
        return held.size();
    }

    @Override
    public String toString() {
        return "statement " + startOrder;
    }

    /** What a statement hears; called on the writer thread, from inside the lock table, which must not be called back. */
    public interface Listener {
        /**
         * An older statement needs a lock of this one. Returning true gives up all its locks and its place in a queue at
         * once, and means that it will be run again; false means that it can no longer be stopped.
         */
        boolean wound();

        /** The awaited lock is held now. Not called when {@link LockTable#acquire} itself returns true. */
        void granted();
    }
}
