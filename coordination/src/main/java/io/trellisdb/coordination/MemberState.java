package io.trellisdb.coordination;

/** How far a member has come. */
public enum MemberState {
    /** Expected; has not opened anything yet. */
    ANNOUNCED,
    /** Copies the metadata without a vote. */
    LEARNING,
    /** Has a vote, but is not counted for the size of a quorum while it catches up. At most one member at a time. */
    UNSTABLE,
    ACTIVE,
    /** Is being taken out. */
    LEAVING,
    /** Is out for good. */
    REMOVED
}
