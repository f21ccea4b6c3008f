package io.trellisdb.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.replication.Commands.Add;
import io.trellisdb.replication.Commands.Append;
import io.trellisdb.replication.Commands.Insert;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One node's owners, step by step: what is answered when, and what is refused. */
final class PartitionOwnersTest {
    private final OwnersFixture node = new OwnersFixture(4, 2);

    @Test
    void statementIsAnsweredAfterItsEntryIsDurableAndApplied() {
        CompletableFuture<WriteResult> answer = node.write(0, new Insert(1, 10));
        node.runRounds();

        assertFalse(answer.isDone());
        assertEquals(0, node.store.value(0, 1));

        node.settle();

        assertEquals(1, answer.join().updateCount());
        assertEquals(10, node.store.value(0, 1));
        assertEquals(0, node.locks());
        assertEquals(0, node.owners.counters().underWay());
    }

    @Test
    void nextStatementOnARowSeesWhatTheOneBeforeDid() {
        node.send(0, Add.to(1, 5L));
        CompletableFuture<WriteResult> second = node.write(0, Add.to(1, 5L));
        node.settle();

        assertTrue(second.isDone());
        assertEquals(2, node.store.value(0, 5));
    }

    @Test
    void statementsOfOneRoundAreOneGroupOfTheJournal() {
        node.send(0, Add.to(1, 1L));
        node.settle();
        int before = node.store.journal().durableGroups().size();

        for (long key = 10; key < 20; key++) {
            node.send(0, Add.to(1, key));
        }
        node.settle();

        assertEquals(before + 1, node.store.journal().durableGroups().size());
    }

    @Test
    void failedStatementChangesNothingAndFreesItsLocks() {
        node.send(0, new Insert(1, 10));
        node.settle();

        CompletableFuture<WriteResult> duplicate = node.write(0, new Insert(1, 11));
        node.settle();

        assertEquals(
                ErrorCode.UNIQUE_VIOLATION, OwnersFixture.failure(duplicate).code());
        assertEquals(10, node.store.value(0, 1));
        assertEquals(0, node.locks());
    }

    @Test
    void defectInACommandFailsOnlyItsStatement() {
        CompletableFuture<WriteResult> broken = node.write(0, new Commands.Fail(new IllegalStateException("oops")));
        CompletableFuture<WriteResult> other = node.write(0, Add.to(1, 1L));
        node.settle();

        assertEquals(ErrorCode.INTERNAL, OwnersFixture.failure(broken).code());
        assertEquals(1, other.join().updateCount());
    }

    @Test
    void commandThatSwallowsTheLockSignalIsRefused() {
        node.owners.defineNow(Commands.CONTAINER);
        node.settle();
        node.send(0, Add.to(1, 1L));
        CompletableFuture<WriteResult> rogue = node.write(0, new Commands.Swallow(1));
        node.settle();

        assertEquals(ErrorCode.INTERNAL, OwnersFixture.failure(rogue).code());
        assertEquals(1, node.store.value(0, 1));
    }

    @Test
    void statementThatChangesNothingIsAnsweredWithoutAnEntry() {
        node.send(0, Add.to(1, 1L));
        node.settle();
        int before = node.store.journal().durableGroups().size();

        CompletableFuture<WriteResult> answer = node.write(0, new Commands.Look(1));
        node.runRounds();

        assertEquals(0, answer.join().updateCount());
        assertEquals(before, node.store.journal().durableGroups().size());
        assertEquals(0, node.locks());
    }

    @Test
    void statementOverSeveralPartitionsIsOneGroup() {
        node.send(null, node.part(0, Add.to(1, 1L)), node.part(1, Add.to(2, 1L)), node.part(2, Add.to(3, 1L)));
        node.runRounds();

        assertEquals(1, node.store.journal().pendingGroups());

        node.settle();

        assertEquals(1, node.store.value(0, 1));
        assertEquals(2, node.store.value(1, 1));
        assertEquals(3, node.store.value(2, 1));
    }

    @Test
    void oneFailingPartFailsTheStatementOnAllPartitions() {
        node.send(1, new Insert(1, 10));
        node.settle();

        CompletableFuture<WriteResult> answer =
                node.write(null, node.part(0, new Insert(2, 20)), node.part(1, new Insert(1, 11)));
        node.settle();

        assertEquals(ErrorCode.UNIQUE_VIOLATION, OwnersFixture.failure(answer).code());
        assertEquals(0, node.store.value(0, 2));
        assertEquals(0, node.locks());
        assertEquals(0, node.owners.counters().underWay());
    }

    @Test
    void partsWithoutAnythingToDoAreLeftOutOfTheGroup() {
        CompletableFuture<WriteResult> answer =
                node.write(null, node.part(0, new Commands.Look(1)), node.part(1, Add.to(1, 1L)));
        node.settle();

        assertEquals(2, answer.join().results().size());
        assertEquals(1, answer.join().updateCount());
        assertEquals(1, node.store.fake(0).appliedLsn(), "only the barrier");
    }

    @Test
    void olderStatementTakesLocksFromAYoungerOneThatStillWaits() {
        // Crossing multi-row statements: without order they would wait for each other for ever.
        node.owners.defineNow(Commands.CONTAINER);
        node.settle();
        node.send(0, Add.to(1, 9L));
        node.runRounds();
        CompletableFuture<WriteResult> first = node.write(0, Add.to(10, 1L, 9L, 2L));
        CompletableFuture<WriteResult> second = node.write(0, Add.to(100, 2L, 9L, 1L));
        node.settle();

        assertTrue(first.isDone() && second.isDone());
        assertEquals(110, node.store.value(0, 1));
        assertEquals(110, node.store.value(0, 2));
        assertEquals(111, node.store.value(0, 9));
    }

    @Test
    void waitingForALockEndsWithItsTimeout() {
        node.send(0, Add.to(1, 1L));
        CompletableFuture<WriteResult> waiting = node.write(0, Add.to(1, 1L));
        node.runRounds();
        node.clock.advance(Duration.ofSeconds(11));
        node.runRounds();

        assertEquals(ErrorCode.LOCK_TIMEOUT, OwnersFixture.failure(waiting).code());
        node.settle();
        assertEquals(1, node.store.value(0, 1));
        assertEquals(0, node.locks());
    }

    @Test
    void statementWhoseTimeIsUpFailsUnlessItIsAppended() {
        CompletableFuture<WriteResult> appended = node.write(0, Add.to(1, 1L));
        node.runRounds();
        CompletableFuture<WriteResult> late = node.write(0, Add.to(1, 2L));
        node.clock.advance(Duration.ofSeconds(31));
        node.settle();

        assertEquals(1, appended.join().updateCount());
        assertEquals(ErrorCode.STATEMENT_TIMEOUT, OwnersFixture.failure(late).code());
    }

    @Test
    void writeOfAnotherSchemaVersionIsRefused() {
        PartitionWrite planned = node.part(0, Add.to(1, 1L));
        node.catalog = Commands.catalog(Commands.container().change().build());
        CompletableFuture<WriteResult> answer = node.write(null, planned);
        node.settle();

        assertEquals(ErrorCode.SCHEMA_CHANGED, OwnersFixture.failure(answer).code());
    }

    @Test
    void newSchemaVersionIsLoggedBeforeItsFirstRowAndAfterRunningStatements() {
        node.send(0, Add.to(1, 1L));
        node.settle();
        node.send(0, Add.to(1, 1L));
        node.runRounds();
        node.catalog = Commands.catalog(Commands.container().change().build());
        CompletableFuture<WriteResult> newer = node.write(0, Add.to(1, 2L));
        node.runRounds();

        assertEquals(1, node.store.journal().pendingGroups(), "the newer one waits");

        node.settle();
        assertEquals(1, newer.join().updateCount());
        assertEquals(2, node.store.fake(0).schemaVersion(Commands.CONTAINER));
    }

    @Test
    void catalogOlderThanTheDataIsADefect() {
        ContainerDescriptor older = Commands.container();
        node.catalog = Commands.catalog(older.change().build());
        node.send(0, Add.to(1, 1L));
        node.settle();
        node.catalog = Commands.catalog(older);

        CompletableFuture<WriteResult> answer = node.write(0, Add.to(1, 1L));
        node.settle();

        assertEquals(ErrorCode.INTERNAL, OwnersFixture.failure(answer).code());
    }

    @Test
    void containerLockWaitsForRowsAndKeepsNewOnesOut() {
        node.send(0, Add.to(1, 1L));
        node.settle();
        CompletableFuture<WriteResult> row = node.write(0, Add.to(1, 2L));
        node.runRounds();
        CompletableFuture<WriteResult> truncate = node.write(0, new Commands.Truncate());
        CompletableFuture<WriteResult> after = node.write(0, Add.to(5, 3L));
        node.settle();

        assertTrue(row.isDone() && truncate.isDone() && after.isDone());
        assertEquals(Map.of(3L, 5L), node.store.fake(0).rows(Commands.CONTAINER));
    }

    @Test
    void manyRowLocksBecomeOneContainerLock() {
        OwnersFixture small = new OwnersFixture(
                new FakeNodeStore(1), OwnerSettings.defaults(1).withMaxRowLocks(3), 1);
        small.send(0, Add.to(1, 1L));
        small.settle();
        small.send(0, Add.to(1, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
        small.runRounds();

        assertTrue(small.locks() <= 4, "locks: " + small.locks());
        small.settle();
        assertEquals(1, small.store.value(0, 8));
    }

    @Test
    void hiddenRowIdsAreReservedInTheEntryThatUsesThem() {
        node.send(0, new Append(3));
        node.settle();

        assertEquals(3, node.store.fake(0).rows(Commands.CONTAINER).size());
        assertTrue(node.store.fake(0).counter(Commands.CONTAINER, 0) > 3);
    }

    @Test
    void hiddenRowIdsAreNotUsedAgainAfterACrash() {
        node.send(null, node.part(0, new Append(1)), node.part(1, new Commands.Fail(new IllegalStateException("x"))));
        node.send(0, new Append(2));
        node.settle();

        OwnersFixture reopened = node.crash();
        reopened.send(0, new Append(2));
        reopened.settle();

        assertEquals(4, reopened.store.fake(0).rows(Commands.CONTAINER).size());
    }

    @Test
    void countersAreReservedInOrderAndSurviveACrash() {
        CompletableFuture<CounterRange> first =
                node.owners.reserve(1, Commands.CONTAINER, 1, 100).toCompletableFuture();
        CompletableFuture<CounterRange> second =
                node.owners.reserve(1, Commands.CONTAINER, 1, 50).toCompletableFuture();
        node.settle();
        OwnersFixture reopened = node.crash();
        CompletableFuture<CounterRange> third =
                reopened.owners.reserve(1, Commands.CONTAINER, 1, 1).toCompletableFuture();
        reopened.settle();

        assertEquals(new CounterRange(0, 100), first.join());
        assertEquals(new CounterRange(100, 50), second.join());
        assertEquals(new CounterRange(150, 1), third.join());
        assertEquals(-200, second.join().value(0, 100, -3));
    }

    @Test
    void droppedContainerIsGoneFromEveryPartitionThatHadIt() {
        node.send(0, Add.to(1, 1L));
        node.send(3, Add.to(1, 1L));
        node.settle();
        node.catalog = Commands.catalog();

        CompletableFuture<Void> dropped = node.owners.drop(Commands.CONTAINER).toCompletableFuture();
        node.settle();

        assertTrue(dropped.isDone());
        assertEquals(0, node.store.total());
        assertEquals(1, node.store.fake(1).appliedLsn(), "a partition that never knew it has only its barrier");
    }

    @Test
    void containerCanBeDefinedEverywhereAtOnce() {
        CompletableFuture<Void> defined =
                node.owners.defineNow(Commands.CONTAINER).toCompletableFuture();
        node.settle();

        assertTrue(defined.isDone());
        for (int partition = 0; partition < 4; partition++) {
            assertEquals(1, node.store.fake(partition).schemaVersion(Commands.CONTAINER));
        }
    }

    @Test
    void fullWriterRefusesAndGoesOnLater() {
        OwnersFixture small = new OwnersFixture(
                new FakeNodeStore(1), OwnerSettings.defaults(1).withMaxPartsPerWriter(2), 1);
        small.send(0, Add.to(1, 1L));
        small.send(0, Add.to(1, 1L));
        CompletableFuture<WriteResult> third = small.write(0, Add.to(1, 1L));

        assertEquals(
                ErrorCode.INSUFFICIENT_RESOURCES, OwnersFixture.failure(third).code());
        small.settle();
        CompletableFuture<WriteResult> fourth = small.write(0, Add.to(1, 1L));
        small.settle();
        assertEquals(1, fourth.join().updateCount());
    }

    @Test
    void twoPartsForOnePartitionAreADefectOfTheCaller() {
        assertThrows(
                IllegalArgumentException.class,
                () -> node.write(null, node.part(0, Add.to(1, 1L)), node.part(0, Add.to(1, 2L))));
    }

    @Test
    void failedJournalLeavesAppendedStatementsUnknownAndFailsTheOthers() {
        CompletableFuture<WriteResult> appended = node.write(0, Add.to(1, 1L));
        node.runRounds();
        CompletableFuture<WriteResult> waiting = node.write(0, Add.to(1, 1L));
        node.runRounds();
        node.store.journal().fail();
        node.settle();
        CompletableFuture<WriteResult> later = node.write(0, Add.to(1, 1L));

        assertEquals(ErrorCode.OUTCOME_UNKNOWN, OwnersFixture.failure(appended).code());
        assertEquals(ErrorCode.IO_ERROR, OwnersFixture.failure(waiting).code());
        assertEquals(ErrorCode.IO_ERROR, OwnersFixture.failure(later).code());
        assertEquals(PartitionOwners.State.FAILED, node.owners.state());
        assertEquals(1, node.failures.size());
    }

    @Test
    void failedStoreEndsTheNodeWithItsStatementsUnknown() {
        CompletableFuture<WriteResult> answer = node.write(0, Add.to(1, 1L));
        node.store.failApplies();
        node.settle();

        assertEquals(ErrorCode.OUTCOME_UNKNOWN, OwnersFixture.failure(answer).code());
        assertEquals(1, node.crash().store.value(0, 1), "its entry was durable all the same");
    }

    @Test
    void cancelledStatementFailsUnlessItIsAppended() {
        Token token = new Token(1, 1, 1);
        node.send(0, Add.to(1, 1L));
        node.runRounds();
        CompletableFuture<WriteResult> waiting = node.write(token, node.part(0, Add.to(1, 1L)));
        node.runRounds();
        node.owners.cancel(token);
        node.settle();

        TrellisException failure = OwnersFixture.failure(waiting);
        assertEquals(ErrorCode.STATEMENT_CANCELLED, failure.code());
        assertEquals(1, node.store.value(0, 1));
    }

    @Test
    void closedOwnersRefuseStatements() {
        node.owners.close();
        CompletableFuture<WriteResult> answer = node.write(0, Add.to(1, 1L));

        assertEquals(ErrorCode.SERVER_STOPPING, OwnersFixture.failure(answer).code());
        assertEquals(PartitionOwners.State.STOPPED, node.owners.state());
    }

    @Test
    void fullDiskRefusesStatementsButNotDrops() {
        node.send(0, Add.to(1, 1L));
        node.settle();
        node.store.refuseWith(ErrorCode.DISK_FULL);
        CompletableFuture<WriteResult> refused = node.write(0, Add.to(1, 1L));
        node.settle();
        node.catalog = Commands.catalog();
        CompletableFuture<Void> dropped = node.owners.drop(Commands.CONTAINER).toCompletableFuture();
        node.settle();

        assertEquals(ErrorCode.DISK_FULL, OwnersFixture.failure(refused).code());
        assertTrue(dropped.isDone());
        assertEquals(0, node.store.total());
    }

    @Test
    void statementsWaitWhileTheJournalIsBehind() {
        node.store.refuseWith(ErrorCode.INSUFFICIENT_RESOURCES);
        CompletableFuture<WriteResult> answer = node.write(0, Add.to(1, 1L));
        node.settle();
        assertFalse(answer.isDone());

        node.store.refuseWith(null);
        node.settle();

        assertEquals(1, answer.join().updateCount());
    }
}
