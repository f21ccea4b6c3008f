package io.trellisdb.coordination;

/** What a member is for. */
public enum MemberRole {
    /** Votes, acknowledges commits, may become master. */
    VOTER,
    /** Reads only. */
    OBSERVER
}
