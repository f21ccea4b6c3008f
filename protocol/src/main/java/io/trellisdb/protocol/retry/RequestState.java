package io.trellisdb.protocol.retry;

/**
 * What a client knows about a request when a setback comes.
 *
 * @param reach how far the last attempt got
 * @param maybeExecuted whether an earlier attempt was sent and never answered
 * @param inTransaction whether the session has, or had, an open transaction
 * @param tokensKept whether a server still answers for the session's tokens; false once a lost session could not be resumed
 * @param attempt number of the last attempt, from 1
 * @param remainingMillis time left to the deadline; 0 or less when it has passed
 */
public record RequestState(
        Kind kind,
        Reach reach,
        boolean maybeExecuted,
        boolean inTransaction,
        boolean tokensKept,
        int attempt,
        long remainingMillis) {
    /** What kind of request it is. */
    public enum Kind {
        /** Returns rows and changes nothing. */
        READ,
        /** Changes data under a token. */
        WRITE,
        /** COMMIT under a token. */
        COMMIT,
        /** May be repeated at will and belongs to the session, not to its transaction: prepare, settings, ping. */
        CONTROL
    }

    /** How far an attempt got. */
    public enum Reach {
        /** No byte of it can have reached a server. */
        NOT_SENT,
        /** It may have reached a server; no answer came. */
        SENT,
        /** Rows of its answer were handed to the application. */
        ROWS_SEEN
    }

    /** Whether the request may have been executed by this attempt or an earlier one. */
    public boolean isInDoubt() {
        return maybeExecuted || reach != Reach.NOT_SENT;
    }
}
