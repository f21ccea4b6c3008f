package io.trellisdb.coordination;

/** What became of a metadata commit. */
public sealed interface CommitOutcome {
    /** It is durable and visible on this node, as this revision. */
    record Applied(long revision) implements CommitOutcome {}

    /** A condition did not hold: nothing has changed. Read again and decide again. */
    record Conflict(MetadataCommit.Condition condition, long actualRevision) implements CommitOutcome {}

    /** Nothing has changed, for another reason: not master, another epoch, no quorum. */
    record Refused(Reason reason, String explanation) implements CommitOutcome {
        /** Who has to do something about it. */
        public enum Reason {
            NOT_LEADER,
            WRONG_EPOCH,
            NO_QUORUM,
            /** A key, a value or the whole is too long. */
            TOO_LARGE,
            /** The disk is full or refuses to write; nothing of it was kept. */
            STORAGE
        }
    }

    /** It may have happened or may still happen. Whoever acted as master stops, and reads again once a master is known. */
    record Unknown(String explanation) implements CommitOutcome {}
}
