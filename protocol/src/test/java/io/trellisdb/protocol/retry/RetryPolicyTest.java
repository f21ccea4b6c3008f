package io.trellisdb.protocol.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.ErrorCode.Category;
import io.trellisdb.protocol.message.Response.Refused.Reason;
import io.trellisdb.protocol.retry.Decision.Where;
import io.trellisdb.protocol.retry.RequestState.Kind;
import io.trellisdb.protocol.retry.RequestState.Reach;
import io.trellisdb.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The promise table, row by row. */
final class RetryPolicyTest {
    private static final Setback LOST = new Setback.ConnectionLost();
    private static final long IN_TIME = 1_000;
    private static final long TOO_LATE = 0;

    private final RetryPolicy policy = new RetryPolicy(new BackOff(new Random(1)));

    private static RequestState autocommit(Kind kind, Reach reach, long remaining) {
        return new RequestState(kind, reach, false, false, true, 1, remaining);
    }

    private static RequestState inTransaction(Kind kind, Reach reach) {
        return new RequestState(kind, reach, false, true, true, 1, IN_TIME);
    }

    private static RequestState tokensGone(Kind kind, Reach reach) {
        return new RequestState(kind, reach, false, false, false, 1, IN_TIME);
    }

    private static RequestState secondAttempt(Kind kind, boolean maybeExecuted, long remaining) {
        return new RequestState(kind, Reach.NOT_SENT, maybeExecuted, false, true, 2, remaining);
    }

    private void resends(RequestState state, Setback setback, Where where) {
        assertEquals(
                where,
                assertInstanceOf(Decision.Resend.class, policy.decide(state, setback))
                        .where());
    }

    private void fails(ErrorCode code, RequestState state, Setback setback) {
        assertEquals(new Decision.Fail(code), policy.decide(state, setback));
    }

    @Test
    void whatWasNotSentIsSentToAnother() {
        for (Kind kind : new Kind[] {Kind.READ, Kind.WRITE, Kind.CONTROL}) {
            resends(autocommit(kind, Reach.NOT_SENT, IN_TIME), LOST, Where.ANOTHER);
        }
    }

    @Test
    void refusalsAreFollowed() {
        for (Kind kind : new Kind[] {Kind.READ, Kind.WRITE, Kind.CONTROL}) {
            RequestState state = autocommit(kind, Reach.NOT_SENT, IN_TIME);

            resends(state, new Setback.Refused(Reason.NOT_OWNER, true), Where.HINTED);
            resends(state, new Setback.Refused(Reason.NOT_OWNER, false), Where.OWNER);
            resends(state, new Setback.Refused(Reason.STALE_TABLE, false), Where.OWNER);
            resends(state, new Setback.Refused(Reason.DRAINING, false), Where.ANOTHER);
        }
    }

    @Test
    void refusalRefreshesTheTableUnlessTheNodeOnlyDrains() {
        RequestState state = autocommit(Kind.READ, Reach.NOT_SENT, IN_TIME);

        assertEquals(
                new Decision.Resend(Where.HINTED, true, 0),
                policy.decide(state, new Setback.Refused(Reason.NOT_OWNER, true)));
        assertEquals(
                new Decision.Resend(Where.ANOTHER, false, 0),
                policy.decide(state, new Setback.Refused(Reason.DRAINING, false)));
    }

    @Test
    void readWithoutRowsIsSentAgain() {
        resends(autocommit(Kind.READ, Reach.SENT, IN_TIME), LOST, Where.ANOTHER);
    }

    @Test
    void readWithRowsIsNotResumed() {
        fails(ErrorCode.CONNECTION_LOST, autocommit(Kind.READ, Reach.ROWS_SEEN, IN_TIME), LOST);
    }

    @Test
    void writeIsSentAgainUnderItsToken() {
        resends(autocommit(Kind.WRITE, Reach.SENT, IN_TIME), LOST, Where.ANOTHER);
    }

    @Test
    void writeIsUnknownWhenItsTokenCannotBeConsulted() {
        fails(ErrorCode.OUTCOME_UNKNOWN, tokensGone(Kind.WRITE, Reach.SENT), LOST);
    }

    @Test
    void lostTokensDoNotHurtWhatWasNeverSentOrOnlyReads() {
        resends(tokensGone(Kind.WRITE, Reach.NOT_SENT), LOST, Where.ANOTHER);
        resends(tokensGone(Kind.READ, Reach.SENT), LOST, Where.ANOTHER);
    }

    @Test
    void transactionIsLostWithItsConnection() {
        for (Kind kind : new Kind[] {Kind.READ, Kind.WRITE}) {
            fails(ErrorCode.SERIALIZATION_FAILURE, inTransaction(kind, Reach.NOT_SENT), LOST);
            fails(ErrorCode.SERIALIZATION_FAILURE, inTransaction(kind, Reach.SENT), LOST);
            for (Reason reason : Reason.values()) {
                fails(
                        ErrorCode.SERIALIZATION_FAILURE,
                        inTransaction(kind, Reach.NOT_SENT),
                        new Setback.Refused(reason, true));
            }
        }
        fails(ErrorCode.SERIALIZATION_FAILURE, inTransaction(Kind.COMMIT, Reach.NOT_SENT), LOST);
    }

    @Test
    void lostCommitIsAskedForAndNeverRepeated() {
        RequestState sent = inTransaction(Kind.COMMIT, Reach.SENT);

        assertEquals(new Decision.AskOutcome(0), policy.decide(sent, LOST));
        RequestState askedOnce = new RequestState(Kind.COMMIT, Reach.NOT_SENT, true, false, true, 2, IN_TIME);
        assertInstanceOf(Decision.AskOutcome.class, policy.decide(askedOnce, LOST));
        Setback stopping = new Setback.Failed(Category.UNAVAILABLE, true, false);
        assertInstanceOf(Decision.AskOutcome.class, policy.decide(sent, stopping));
    }

    @Test
    void commitIsUnknownWhenNobodyAnswersInTime() {
        fails(
                ErrorCode.OUTCOME_UNKNOWN,
                new RequestState(Kind.COMMIT, Reach.SENT, false, true, true, 1, TOO_LATE),
                LOST);
        fails(
                ErrorCode.OUTCOME_UNKNOWN,
                new RequestState(Kind.COMMIT, Reach.NOT_SENT, true, true, false, 2, IN_TIME),
                LOST);
    }

    @Test
    void nobodyReachableInTimeIsCannotConnect() {
        fails(ErrorCode.CANNOT_CONNECT, autocommit(Kind.READ, Reach.NOT_SENT, TOO_LATE), LOST);
        fails(ErrorCode.CANNOT_CONNECT, autocommit(Kind.READ, Reach.SENT, TOO_LATE), LOST);
        fails(ErrorCode.CANNOT_CONNECT, autocommit(Kind.WRITE, Reach.NOT_SENT, TOO_LATE), LOST);
        fails(
                ErrorCode.CANNOT_CONNECT,
                autocommit(Kind.WRITE, Reach.NOT_SENT, TOO_LATE),
                new Setback.Refused(Reason.DRAINING, false));
    }

    @Test
    void writeThatWasEverInDoubtStaysInDoubt() {
        fails(ErrorCode.OUTCOME_UNKNOWN, autocommit(Kind.WRITE, Reach.SENT, TOO_LATE), LOST);
        fails(ErrorCode.OUTCOME_UNKNOWN, secondAttempt(Kind.WRITE, true, TOO_LATE), LOST);
        fails(
                ErrorCode.OUTCOME_UNKNOWN,
                secondAttempt(Kind.WRITE, true, TOO_LATE),
                new Setback.Refused(Reason.NOT_OWNER, false));
        fails(
                ErrorCode.OUTCOME_UNKNOWN,
                secondAttempt(Kind.WRITE, true, TOO_LATE),
                new Setback.Failed(Category.UNAVAILABLE, true, false));
    }

    @Test
    void attemptsAreBounded() {
        fails(
                ErrorCode.CANNOT_CONNECT,
                new RequestState(Kind.READ, Reach.SENT, true, false, true, RetryPolicy.MAX_ATTEMPTS, IN_TIME),
                LOST);
    }

    @Test
    void failuresAreReportedUnlessServiceIsLacking() {
        RequestState state = autocommit(Kind.WRITE, Reach.SENT, IN_TIME);

        for (Category category : Category.values()) {
            boolean isResent = category == Category.UNAVAILABLE;
            Decision decision = policy.decide(state, new Setback.Failed(category, true, false));
            assertEquals(isResent, decision instanceof Decision.Resend, category.name());
            assertEquals(new Decision.Report(), policy.decide(state, new Setback.Failed(category, false, false)));
            assertEquals(new Decision.Report(), policy.decide(state, new Setback.Failed(category, true, true)));
        }
    }

    @Test
    void lackOfServiceIsReportedAsItIsWhenTimeIsUp() {
        assertEquals(
                new Decision.Report(),
                policy.decide(
                        autocommit(Kind.READ, Reach.SENT, TOO_LATE),
                        new Setback.Failed(Category.UNAVAILABLE, true, false)));
    }

    @Test
    void waitingGrowsWithChanceAndStaysInBounds() {
        BackOff backOff = new BackOff(new Random(Seeds.next("waitingGrowsWithChanceAndStaysInBounds")));
        for (int attempt = 1; attempt < 2_000; attempt++) {
            long delay = backOff.delayMillis(attempt, 60_000);
            long full = attempt > 6 ? BackOff.MAX_MILLIS : BackOff.FIRST_MILLIS << attempt - 1;

            assertTrue(delay >= full / 2 && delay <= full, attempt + ": " + delay);
            assertEquals(0, backOff.delayMillis(attempt, -5));
            assertTrue(backOff.delayMillis(attempt, 7) <= 7);
        }
    }
}
