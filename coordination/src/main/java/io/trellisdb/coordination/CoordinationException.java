package io.trellisdb.coordination;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something can only be done by a master, or by a service that is running. Failed files are {@code TrellisException}s. */
public final class CoordinationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient @Nullable LeaderInfo hint;

    /** What is missing. */
    public enum Kind {
        /** This node is not master; the hint may say who is. */
        NOT_LEADER,
        /** Nobody is known to be master. */
        LEADER_UNKNOWN,
        /** The epoch of the guard is over. */
        LEADERSHIP_LOST,
        /** The service is not started or closed. */
        CLOSED,
        /** No member of that name; also one that was removed. */
        MEMBER_NOT_FOUND,
        /** The address is another living member's. */
        MEMBER_CONFLICT,
        /** The leader itself cannot be changed this way: hand leadership over first. */
        LEADER_MEMBER,
        /** The change could cost the quorum, or the certainty that two quorums meet. */
        UNSAFE_CHANGE,
        /** Too few voters are there. */
        NO_QUORUM,
        /** The change may have happened. */
        OUTCOME_UNKNOWN,
        /** Leadership stayed where it was. */
        TRANSFER_FAILED
    }

    public CoordinationException(Kind kind, String message, @Nullable LeaderInfo hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether what was asked for has happened: unknown for OUTCOME_UNKNOWN, else it has not. */
    public boolean isOutcomeUnknown() {
        return kind == Kind.OUTCOME_UNKNOWN;
    }

    /** Who is master instead, if known. */
    public Optional<LeaderInfo> hint() {
        return Optional.ofNullable(hint);
    }
}
