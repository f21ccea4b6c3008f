package io.trellisdb.storage;

import java.util.List;

/** One partition of this node: where it stands, and how to read it. Entries are applied through {@link NodeStore#apply}. */
public interface PartitionStore {
    int partition();

    /** The last applied entry's LSN; 0 when there is none. */
    long appliedLsn();

    /** The chain hash of the last appended entry; 0 when there is none. Stable once the store is open and idle. */
    long lastHash();

    /** The LSN of the last entry of the log; equals {@link #appliedLsn} once the store is open and idle. */
    long lastLsn();

    /** The commit timestamp of the last entry of the log; 0 when there is none. */
    long lastCommitTimestamp();

    /**
     * The entry that must be applied before anybody may read: an image that was installed has parts of what came while it was
     * copied. 0 for a partition that was never installed, {@code Long.MAX_VALUE} while it is.
     */
    default long usableFromLsn() {
        return 0;
    }

    PartitionReader reader();

    /**
     * Checks indexes against rows, descriptors and counters; an empty list means all is well.
     * Exact while nobody writes to the partition.
     */
    List<String> verify();
}
