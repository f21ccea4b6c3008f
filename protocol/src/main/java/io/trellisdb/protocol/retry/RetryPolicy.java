package io.trellisdb.protocol.retry;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.ErrorCode.Category;
import io.trellisdb.protocol.message.Response.Refused.Reason;
import io.trellisdb.protocol.retry.Decision.AskOutcome;
import io.trellisdb.protocol.retry.Decision.Fail;
import io.trellisdb.protocol.retry.Decision.Report;
import io.trellisdb.protocol.retry.Decision.Resend;
import io.trellisdb.protocol.retry.Decision.Where;
import io.trellisdb.protocol.retry.RequestState.Kind;
import io.trellisdb.protocol.retry.RequestState.Reach;

/**
 * The promise table of failover.
 *
 * <pre>
 *  situation                                              decision
 *  not sent, or refused before executing                  resend, in time; 08001 after the deadline
 *  read, no row handed out                                resend, in time; 08001 after the deadline
 *  read, rows handed out                                  08006
 *  write sent, no answer                                  resend with the same token; 08007 if tokens are lost or time is up
 *  in a transaction, COMMIT not sent                      40001
 *  COMMIT sent, no answer                                 ask for the outcome; 08007 if nobody can answer in time
 *  failure that names a retryable lack of service         resend, in time; then the failure itself
 *  any other failure                                      the failure itself
 * </pre>
 */
public final class RetryPolicy {
    /** A bound beside the deadline: with the longest back-off this is over a quarter of an hour. */
    static final int MAX_ATTEMPTS = 1_000;

    private final BackOff backOff;

    public RetryPolicy(BackOff backOff) {
        this.backOff = backOff;
    }

    public Decision decide(RequestState state, Setback setback) {
        if (setback instanceof Setback.Refused refused) {
            return afterRefusal(state, refused);
        } else if (setback instanceof Setback.Failed failed) {
            return afterFailure(state, failed);
        }
        return afterLoss(state);
    }

    private Decision afterRefusal(RequestState state, Setback.Refused refused) {
        if (state.inTransaction() && state.kind() != Kind.CONTROL) {
            // what the transaction has done so far lives in the session that refuses
            return new Fail(ErrorCode.SERIALIZATION_FAILURE);
        }
        if (isOver(state)) {
            return new Fail(
                    state.maybeExecuted() && state.kind() == Kind.WRITE
                            ? ErrorCode.OUTCOME_UNKNOWN
                            : ErrorCode.CANNOT_CONNECT);
        }
        boolean isDraining = refused.reason() == Reason.DRAINING;
        Where where = refused.hasHint() ? Where.HINTED : isDraining ? Where.ANOTHER : Where.OWNER;
        long delay = refused.hasHint() && state.attempt() == 1 ? 0 : delay(state);
        return new Resend(where, !isDraining, delay);
    }

    private Decision afterFailure(RequestState state, Setback.Failed failed) {
        boolean isLackOfService = failed.retryable() && failed.category() == Category.UNAVAILABLE;
        if (!isLackOfService || failed.outcomeUnknown() || state.reach() == Reach.ROWS_SEEN) {
            return new Report();
        }
        if (state.inTransaction() && state.kind() != Kind.CONTROL) {
            return state.kind() == Kind.COMMIT ? askOrGiveUp(state) : new Fail(ErrorCode.SERIALIZATION_FAILURE);
        }
        if (isOver(state)) {
            return state.maybeExecuted() && state.kind() == Kind.WRITE
                    ? new Fail(ErrorCode.OUTCOME_UNKNOWN)
                    : new Report();
        }
        return new Resend(Where.ANOTHER, true, delay(state));
    }

    private Decision afterLoss(RequestState state) {
        if (state.kind() == Kind.COMMIT) {
            return state.isInDoubt() ? askOrGiveUp(state) : new Fail(ErrorCode.SERIALIZATION_FAILURE);
        }
        if (state.reach() == Reach.ROWS_SEEN) {
            return new Fail(ErrorCode.CONNECTION_LOST);
        }
        if (state.inTransaction() && state.kind() != Kind.CONTROL) {
            return new Fail(ErrorCode.SERIALIZATION_FAILURE);
        }
        boolean isWriteInDoubt = state.kind() == Kind.WRITE && state.isInDoubt();
        if (isOver(state)) {
            return new Fail(isWriteInDoubt ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.CANNOT_CONNECT);
        }
        if (isWriteInDoubt && !state.tokensKept()) {
            return new Fail(ErrorCode.OUTCOME_UNKNOWN);
        }
        return new Resend(Where.ANOTHER, false, delay(state));
    }

    private Decision askOrGiveUp(RequestState state) {
        return isOver(state) || !state.tokensKept()
                ? new Fail(ErrorCode.OUTCOME_UNKNOWN)
                : new AskOutcome(delay(state));
    }

    private static boolean isOver(RequestState state) {
        return state.remainingMillis() <= 0 || state.attempt() >= MAX_ATTEMPTS;
    }

    private long delay(RequestState state) {
        // the first attempt after a loss costs nothing to try at once: another node, or the same one restarted
        return state.attempt() == 1 ? 0 : backOff.delayMillis(state.attempt() - 1, state.remainingMillis());
    }
}
