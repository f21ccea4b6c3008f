package io.trellisdb.coordination;

import java.time.Duration;
import java.util.Optional;

/** Hears how mastership moves, in order; see the package documentation for threads. */
public interface RoleListener {
    /** This node has fenced an epoch and acts as master under it. */
    void onActivate(Epoch epoch);

    /** Another master, or none, is known. */
    void onLeaderChanged(Optional<LeaderInfo> leader);

    /** This node is no longer master; what it does in that role must end within the budget. */
    void onDemote(Epoch epoch, DemoteReason reason, Duration budget);

    /** Coordination cannot go on; the server decides what becomes of the process. */
    void onFatal(FatalReason reason, String explanation);

    /** Why a master steps down. */
    enum DemoteReason {
        LEASE_EXPIRED,
        HIGHER_EPOCH,
        /** The group has elected another node, or none. */
        NOT_ELECTED,
        /** A commit may or may not have been acknowledged: only a new epoch can tell. */
        OUTCOME_UNKNOWN,
        TRANSFERRED,
        STOPPING
    }

    /** Why coordination cannot go on. */
    enum FatalReason {
        /** A demotion took longer than its budget. */
        SELF_FENCE,
        REMOVED_FROM_CLUSTER,
        STORAGE_FAILED,
        /** Metadata that were acknowledged are gone: an operator has to decide what is true. */
        DURABLE_ROLLBACK
    }
}
