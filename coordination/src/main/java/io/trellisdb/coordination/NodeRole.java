package io.trellisdb.coordination;

/** What a node is to the cluster's coordination at a moment. */
public enum NodeRole {
    /** Not started. */
    INIT,
    /** Looking for a master. */
    UNKNOWN,
    FOLLOWER,
    OBSERVER,
    /** Elected; fences its epoch and catches up before it acts. */
    ACTIVATING,
    LEADER,
    /** No longer acts as master; is ending what it did in that role. */
    DEMOTING,
    /** Needs an operator. */
    FAILED,
    /** Taken out of the cluster, or closed. */
    REMOVED
}
