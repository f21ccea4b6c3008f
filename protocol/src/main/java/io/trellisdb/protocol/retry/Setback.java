package io.trellisdb.protocol.retry;

import io.trellisdb.common.error.ErrorCode.Category;
import io.trellisdb.protocol.message.Response.Refused.Reason;

/** What came instead of an answer. */
public sealed interface Setback {
    /** The connection could not be made, or broke. */
    record ConnectionLost() implements Setback {}

    /** The server did not execute the request. */
    record Refused(Reason reason, boolean hasHint) implements Setback {}

    /** The server answered with a failure. */
    record Failed(Category category, boolean retryable, boolean outcomeUnknown) implements Setback {}
}
