package io.trellisdb.protocol.retry;

import io.trellisdb.common.error.ErrorCode;

/** What a client does next. */
public sealed interface Decision {
    /**
     * Wait, make the connection again where it is lost, and send the same request with the same token.
     *
     * @param refreshTable whether to ask for the partition table first
     */
    record Resend(Where where, boolean refreshTable, long delayMillis) implements Decision {}

    /** Wait, make the connection again and ask what became of the token; never send the request again. */
    record AskOutcome(long delayMillis) implements Decision {}

    /** Tell the application this. */
    record Fail(ErrorCode code) implements Decision {}

    /** Hand the server's failure to the application as it is. */
    record Report() implements Decision {}

    /** Which node gets the request. */
    enum Where {
        /** The one that the refusal named. */
        HINTED,
        /** The owner by the newest table, else any. */
        OWNER,
        /** Any node but the one that failed, if there is another. */
        ANOTHER
    }
}
