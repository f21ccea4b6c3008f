package io.trellisdb.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.token.Token;
import io.trellisdb.replication.Commands.Add;
import io.trellisdb.replication.Commands.Insert;
import io.trellisdb.storage.write.WriteResult;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A statement that is asked for again is executed once and answered alike. */
final class TokensTest {
    private final OwnersFixture node = new OwnersFixture(4, 2);
    private final Token token = new Token(77, 1, 1);

    @Test
    void duplicateOfARunningStatementJoinsIt() {
        CompletableFuture<WriteResult> first = node.write(token, node.part(0, Add.to(1, 1L)));
        CompletableFuture<WriteResult> second = node.write(token, node.part(0, Add.to(1, 1L)));
        node.settle();

        assertEquals(first.join(), second.join());
        assertFalse(second.join().repeated());
        assertEquals(1, node.store.value(0, 1));
        assertEquals(1, node.owners.counters().joined());
    }

    @Test
    void repeatedStatementGetsTheStoredResultAlsoAfterACrash() {
        node.send(token, node.part(0, new Insert(1, 10)));
        node.settle();
        CompletableFuture<WriteResult> repeated = node.write(token, node.part(0, new Insert(1, 10)));
        node.settle();
        OwnersFixture reopened = node.crash();
        CompletableFuture<WriteResult> later = reopened.write(token, reopened.part(0, new Insert(1, 10)));
        reopened.settle();

        assertTrue(repeated.join().repeated());
        assertTrue(later.join().repeated());
        assertEquals(1, later.join().updateCount());
    }

    @Test
    void repeatedStatementIsFoundInPartitionsThatItNoLongerNames() {
        node.send(token, node.part(0, Add.to(1, 1L)), node.part(1, Add.to(1, 1L)));
        node.settle();
        CompletableFuture<WriteResult> repeated = node.write(token, node.part(3, Add.to(1, 1L)));
        node.settle();

        assertEquals(2, repeated.join().results().size());
        assertEquals(0, node.store.value(3, 1));
    }

    @Test
    void statementThatFailedIsExecutedWhenItIsAskedForAgain() {
        node.send(0, new Insert(1, 10));
        node.settle();
        CompletableFuture<WriteResult> failed = node.write(token, node.part(0, new Insert(1, 11)));
        node.settle();
        CompletableFuture<WriteResult> again = node.write(token, node.part(0, new Insert(2, 11)));
        node.settle();

        assertEquals(ErrorCode.UNIQUE_VIOLATION, OwnersFixture.failure(failed).code());
        assertFalse(again.join().repeated());
    }

    @Test
    void statementAskedForAgainFromItsOwnFailureDoesNotJoinIt() {
        node.send(0, new Insert(1, 10));
        node.settle();
        CompletableFuture<WriteResult> again = node.write(token, node.part(0, new Insert(1, 11)))
                .exceptionallyCompose(failure -> node.write(token, node.part(0, new Insert(2, 11))));
        node.settle();

        assertEquals(1, again.join().updateCount());
    }

    @Test
    void resultThatTheSessionHasGivenUpIsUnknown() {
        node.send(new Token(77, 1, 1), node.part(0, Add.to(1, 1L)));
        node.settle();
        node.send(new Token(77, 2, 2), node.part(0, Add.to(1, 1L)));
        node.settle();
        CompletableFuture<WriteResult> old = node.write(new Token(77, 1, 1), node.part(0, Add.to(1, 1L)));
        node.settle();

        assertEquals(ErrorCode.OUTCOME_UNKNOWN, OwnersFixture.failure(old).code());
        assertEquals(2, node.store.value(0, 1));
    }

    @Test
    void unansweredStatementIsDoneOnceAfterACrash() {
        node.send(token, node.part(0, Add.to(1, 1L)), node.part(1, Add.to(1, 1L)));
        node.runRounds();
        node.store.journal().flushAll();
        OwnersFixture reopened = node.crash();
        CompletableFuture<WriteResult> retried =
                reopened.write(token, reopened.part(0, Add.to(1, 1L)), reopened.part(1, Add.to(1, 1L)));
        reopened.settle();

        assertTrue(retried.join().repeated());
        assertEquals(2, reopened.store.total());
    }

    @Test
    void resultThatTheStoreHasTrimmedIsUnknownAfterACrash() {
        node.send(token, node.part(0, Add.to(1, 1L)));
        node.settle();
        OwnersFixture reopened = node.crash();
        reopened.store.fake(0).trim(77, 2);
        CompletableFuture<WriteResult> old = reopened.write(token, reopened.part(1, Add.to(1, 1L)));
        reopened.settle();

        assertEquals(ErrorCode.OUTCOME_UNKNOWN, OwnersFixture.failure(old).code());
        assertEquals(1, reopened.store.total());
    }
}
