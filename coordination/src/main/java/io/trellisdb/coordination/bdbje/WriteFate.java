package io.trellisdb.coordination.bdbje;

/** What became of a replicated transaction. */
enum WriteFate {
    DONE,
    /** Its own checks decided against it; nothing was written. */
    ABORTED,
    /** Too few voters are connected; nothing was written. */
    NO_QUORUM,
    /** The group has another leader, or none; nothing was written. */
    NOT_LEADER,
    /** Something else held a lock for too long; nothing was written. */
    CONTENDED,
    /** JE may not use more of the disk; nothing was written. */
    DISK_FULL,
    /** The environment is closed or broken; nothing was written. */
    CLOSED,
    /** Written here, acknowledged by too few in time: it may stay or vanish. */
    UNKNOWN;

    boolean isDone() {
        return this == DONE;
    }
}
