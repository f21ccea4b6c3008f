package io.trellisdb.jdbc.wire;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.token.Token;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.url.HostPort;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.TransactionState;
import io.trellisdb.protocol.retry.Decision;
import io.trellisdb.protocol.retry.RequestState;
import io.trellisdb.protocol.retry.RequestState.Kind;
import io.trellisdb.protocol.retry.RequestState.Reach;
import io.trellisdb.protocol.retry.RetryPolicy;
import io.trellisdb.protocol.retry.Setback;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends a call until it is answered or {@link RetryPolicy} gives up. Guarded by the session's lock. */
final class RequestRunner {
    /** The server ends a statement at its deadline; only a server that does not answer at all is given up after this. */
    private static final long DEADLINE_GRACE_MILLIS = 2_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LinkKeeper keeper;
    private final RetryPolicy policy;
    private final long failoverTimeoutMillis;
    private long networkTimeoutMillis;

    RequestRunner(LinkKeeper keeper, RetryPolicy policy, long failoverTimeoutMillis, long networkTimeoutMillis) {
        this.keeper = keeper;
        this.policy = policy;
        this.failoverTimeoutMillis = failoverTimeoutMillis;
        this.networkTimeoutMillis = networkTimeoutMillis;
    }

    void networkTimeoutMillis(long millis) {
        networkTimeoutMillis = millis;
    }

    long networkTimeoutMillis() {
        return networkTimeoutMillis;
    }

    /**
     * Runs a call to its first answer.
     *
     * @param beginFirst whether a transaction is to be opened if none is
     * @param deadlineMillis 0 for none
     */
    Answer run(Call call, boolean beginFirst, long deadlineMillis) throws SQLException {
        return new Run(call, beginFirst, deadlineMillis).toEnd();
    }

    /** How long to wait for one answer; 0 for ever. */
    long waitMillis(long deadlineMillis) {
        long statement = deadlineMillis == 0 ? 0 : deadlineMillis + DEADLINE_GRACE_MILLIS;
        if (statement == 0 || networkTimeoutMillis == 0) {
            return statement + networkTimeoutMillis;
        }
        return Math.min(statement, networkTimeoutMillis);
    }

    /** The exception for a server that did not answer in time; the link is closed. */
    SQLException timedOut(Kind kind, long deadlineMillis, SocketTimeoutException e) {
        boolean wasInTransaction = keeper.isInTransaction();
        keeper.drop();
        String sentence = "server did not answer in time: " + waitMillis(deadlineMillis) + " ms";
        if (kind == Kind.COMMIT || kind == Kind.WRITE && !wasInTransaction) {
            return SqlErrors.of(ErrorCode.OUTCOME_UNKNOWN, sentence + "; the change may or may not have been made", e);
        }
        boolean wasDeadline = deadlineMillis > 0 && waitMillis(deadlineMillis) != networkTimeoutMillis;
        return SqlErrors.of(wasDeadline ? ErrorCode.STATEMENT_TIMEOUT : ErrorCode.CONNECTION_LOST, sentence, e);
    }

    /** One call on its way through attempts. */
    private final class Run {
        private final boolean beginFirst;
        private final long deadlineMillis;
        private final long startNanos = System.nanoTime();
        private Call call;
        private @Nullable Token token;
        private long setbackNanos;
        private int attempt;
        private boolean maybeExecuted;
        private boolean wasInTransaction;
        private Reach reach = Reach.NOT_SENT;
        private @Nullable HostPort preferred;
        private @Nullable Exception cause;

        Run(Call call, boolean beginFirst, long deadlineMillis) {
            this.call = call;
            this.beginFirst = beginFirst;
            this.deadlineMillis = deadlineMillis;
        }

        Answer toEnd() throws SQLException {
            try {
                while (true) {
                    checkUsable();
                    attempt++;
                    reach = Reach.NOT_SENT;
                    Answer answer = attemptOrSetback();
                    if (answer != null) {
                        return answer;
                    }
                }
            } finally {
                if (token != null) {
                    keeper.tokens().finish(token);
                }
            }
        }

        private void checkUsable() throws SQLException {
            if (keeper.isShut()) {
                throw SqlErrors.of(ErrorCode.CONNECTION_CLOSED, "connection is closed");
            }
            if (keeper.isTransactionLost() && call.isStatement()) {
                keeper.forgetTransaction();
                throw failure(ErrorCode.SERIALIZATION_FAILURE);
            }
        }

        /** One attempt; null when a setback came and was followed, so that another attempt is due. */
        private @Nullable Answer attemptOrSetback() throws SQLException {
            try {
                Answer answer = attempt();
                if (answer.response() instanceof Response.Failure failure) {
                    throw new ServerFailure(failure);
                } else if (!(answer.response() instanceof Response.Refused refused)) {
                    return answer;
                } else {
                    cause = new IOException(refused.message());
                    reach = Reach.NOT_SENT;
                    prefer(refused.hint());
                    follow(new Setback.Refused(refused.reason(), refused.hint() != null));
                }
            } catch (ServerFailure e) {
                cause = e;
                if (!isForgottenPlan(e)) {
                    follow(new Setback.Failed(
                            e.failure().category(),
                            e.failure().retryable(),
                            e.failure().outcomeUnknown()));
                }
            } catch (SocketTimeoutException e) {
                throw timedOut(call.kind(), deadlineMillis, e);
            } catch (IOException e) {
                cause = e;
                keeper.drop();
                if (!wasInTransaction) {
                    // a transaction that this run had opened held nothing yet: the next attempt opens another
                    keeper.forgetTransaction();
                }
                follow(new Setback.ConnectionLost());
            } catch (TrellisException e) {
                // the request could not be encoded: too large
                throw SqlErrors.of(e);
            }
            return null;
        }

        private Answer attempt() throws IOException, SQLException, ServerFailure {
            wasInTransaction = keeper.isInTransaction();
            Link link = keeper.open(preferred);
            preferred = null;
            PreparedPlan plan = call.plan();
            if (plan != null && !plan.isOn(link)) {
                prepareAgain(plan, link);
            }
            if (beginFirst && keeper.transaction() == TransactionState.NONE) {
                Response begun = exchange(link, new Request.Begin());
                if (!(begun instanceof Response.Done)) {
                    throw Link.unexpected(begun);
                }
                wasInTransaction = false;
            }
            takeToken();
            Request request = call.maker().make(token);
            reach = Reach.SENT;
            long left = deadlineMillis == 0 ? 0 : Math.max(1, deadlineMillis - elapsedMillis(startNanos));
            long id = link.send(request, left);
            return new Answer(link, id, link.receive(id, waitMillis(left)).response());
        }

        /** Takes a token before the first attempt, and another when the session could not be resumed and nothing was sent. */
        private void takeToken() throws SQLException {
            if (call.tokenCount() == 0 || token != null && areTokensKept()) {
                return;
            } else if (token != null && maybeExecuted) {
                throw failure(ErrorCode.OUTCOME_UNKNOWN);
            }
            token = keeper.tokens().take(call.tokenCount());
        }

        private boolean areTokensKept() throws SQLException {
            return token == null || keeper.welcome().key().session() == token.session();
        }

        private void prepareAgain(PreparedPlan plan, Link link) throws IOException, ServerFailure {
            Response answer = exchange(link, new Request.Prepare(plan.sql(), plan.generatedKeys()));
            if (!(answer instanceof Response.Prepared prepared)) {
                throw Link.unexpected(answer);
            }
            plan.prepareAgain(prepared, link);
        }

        private Response exchange(Link link, Request request) throws IOException, ServerFailure {
            long id = link.send(request, deadlineMillis);
            Response answer = link.receive(id, waitMillis(deadlineMillis)).response();
            if (answer instanceof Response.Failure failure) {
                throw new ServerFailure(failure);
            }
            return answer;
        }

        private boolean isForgottenPlan(ServerFailure e) {
            PreparedPlan plan = call.plan();
            if (plan == null
                    || attempt > 1
                    || !e.failure().code().equals(ErrorCode.UNKNOWN_PREPARED_STATEMENT.name())) {
                return false;
            }
            plan.forget();
            return true;
        }

        private void prefer(@Nullable NodeAddress hint) {
            if (hint != null) {
                preferred = new HostPort(hint.host(), hint.port());
            }
        }

        private RequestState state() throws SQLException {
            if (setbackNanos == 0) {
                setbackNanos = System.nanoTime();
            }
            long remaining = failoverTimeoutMillis - elapsedMillis(setbackNanos);
            if (deadlineMillis > 0) {
                remaining = Math.min(remaining, deadlineMillis - elapsedMillis(startNanos));
            }
            return new RequestState(
                    call.kind(), reach, maybeExecuted, wasInTransaction, areTokensKept(), attempt, remaining);
        }

        private void follow(Setback setback) throws SQLException {
            Decision decision = policy.decide(state(), setback);
            if (decision instanceof Decision.Resend resend) {
                maybeExecuted |= reach == Reach.SENT && !(cause instanceof ServerFailure);
                if (preferred != null || resend.where() == Decision.Where.ANOTHER) {
                    keeper.drop();
                }
                pause(resend.delayMillis());
            } else if (decision instanceof Decision.AskOutcome ask) {
                maybeExecuted = true;
                call = Call.commit(asked -> new Request.AskOutcome(Objects.requireNonNull(asked)));
                keeper.forgetTransaction();
                pause(ask.delayMillis());
            } else if (decision instanceof Decision.Fail fail) {
                if (fail.code() == ErrorCode.SERIALIZATION_FAILURE || call.kind() == Kind.COMMIT) {
                    keeper.forgetTransaction();
                }
                throw failure(fail.code());
            } else if (cause instanceof ServerFailure failure) {
                throw SqlErrors.of(failure.failure());
            } else {
                throw failure(ErrorCode.CONNECTION_LOST);
            }
        }

        private SQLException failure(ErrorCode code) {
            String sentence =
                    switch (code) {
                        case CANNOT_CONNECT -> "no server could serve the request in time";
                        case SERIALIZATION_FAILURE ->
                            "connection was lost inside a transaction, which was rolled back:"
                                    + " run the whole transaction again";
                        case OUTCOME_UNKNOWN -> "connection was lost and nobody can tell whether the change was made";
                        default -> "connection was lost after rows had been read: run the query again";
                    };
            String detail = cause == null ? "" : ": " + cause.getMessage();
            return SqlErrors.of(code, sentence + detail + " (attempts: " + attempt + ")", cause);
        }

        private void pause(long millis) throws SQLException {
            if (millis <= 0) {
                return;
            }
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                boolean isInDoubt = maybeExecuted && call.kind() != Kind.READ && call.kind() != Kind.CONTROL;
                throw SqlErrors.of(
                        isInDoubt ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.CONNECTION_LOST,
                        "interrupted while waiting to try again",
                        e);
            }
        }
    }

    private static long elapsedMillis(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / NANOS_PER_MILLI;
    }
}
