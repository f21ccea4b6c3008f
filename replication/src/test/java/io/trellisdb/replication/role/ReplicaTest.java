package io.trellisdb.replication.role;

import static io.trellisdb.replication.role.LoopbackGroup.SECOND;
import static io.trellisdb.replication.role.LoopbackGroup.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.token.Token;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplicaTest {
    private final LoopbackGroup group = new LoopbackGroup(LoopbackGroup.SETTINGS);

    @BeforeEach
    void threeCopies() {
        for (int node = 1; node <= 3; node++) {
            group.add(id(node));
        }
    }

    private void owner(int node, long term) {
        group.publish(term, term, id(node), List.of(id(1), id(2), id(3)), List.of());
    }

    @Test
    void writeIsAnsweredWhenEverybodyInSyncHasIt() {
        owner(1, 1);
        group.propose(1, 7);

        assertEquals(List.of("1: Serve[term=1]", "1: Answer[lsn=2]"), group.told);
        group.pass(SECOND);
        assertEquals(List.of(7L), group.applied.get(2));
        assertEquals(List.of(7L), group.applied.get(3));
    }

    @Test
    void silentBackupIsWaitedForUntilItsRemovalIsCommitted() {
        owner(1, 1);
        group.cutOff.add(3);
        group.propose(1, 7);
        group.pass(11 * SECOND);

        assertFalse(group.told.contains("1: Answer[lsn=2]"));
        assertTrue(group.requests.contains(
                new MasterRequest.AlterInSync(id(1), 1, 1, MasterRequest.Change.REMOVE, id(3))));

        group.publish(1, 2, id(1), List.of(id(1), id(2)), List.of());
        assertTrue(group.told.contains("1: Answer[lsn=2]"));
    }

    @Test
    void deposedOwnersTailIsCutWhereItConflicts() {
        owner(1, 1);
        group.cutOff.add(1);
        group.propose(1, 7);
        owner(2, 2);
        assertEquals(new Position(1, 2), group.replica(1).last());
        assertEquals(Replica.RoleName.SYNCING, group.replica(2).role());

        group.cutOff.clear();
        owner(2, 2);
        group.pass(SECOND);
        group.propose(2, 8);
        group.pass(SECOND);

        assertEquals(group.replica(2).last(), group.replica(1).last());
        assertEquals(List.of(8L), group.applied.get(1));
        assertTrue(group.told.contains("1: GiveUp[lsn=2]"));
    }

    @Test
    void newCopyIsFilledByAnImageThenByTheLogAndThenAdmitted() {
        group.publish(1, 1, id(1), List.of(id(1)), List.of());
        for (int value = 1; value <= 20; value++) {
            group.propose(1, value);
        }
        group.step(1, new ReplicaEvent.Checkpointed(15));
        group.publish(1, 2, id(1), List.of(id(1)), List.of(id(3)));
        group.pass(3 * SECOND);

        assertEquals(1, group.images());
        assertTrue(
                group.requests.contains(new MasterRequest.AlterInSync(id(1), 1, 2, MasterRequest.Change.ADD, id(3))));
        assertEquals(List.of(id(3)), group.replica(1).effective());
        assertEquals(group.replica(1).last(), group.replica(3).last());
    }

    @Test
    void copyThatIsNotEmptyAsksForANewIncarnationBeforeAnImage() {
        owner(1, 1);
        group.cutOff.add(3);
        group.publish(1, 2, id(1), List.of(id(1), id(2)), List.of());
        for (int value = 1; value <= 20; value++) {
            group.propose(1, value);
        }
        group.step(1, new ReplicaEvent.Checkpointed(15));
        group.cutOff.clear();
        group.publish(1, 3, id(1), List.of(id(1), id(2)), List.of(id(3)));
        group.pass(3 * SECOND);

        assertEquals(Replica.RoleName.DISCARDED, group.replica(3).role());
        assertTrue(group.requests.stream()
                .anyMatch(each -> each instanceof MasterRequest.NewIncarnation
                        && each.from().equals(id(3))));
    }

    @Test
    void ownerThatMustMakeWayStopsThenDrainsThenSaysSo() {
        owner(1, 1);
        group.propose(1, 7);
        group.publish(new Configuration(1, 50, 1, 2, id(1), List.of(id(1), id(2), id(3)), List.of(), id(2)));

        assertEquals(Replica.RoleName.RELINQUISHED, group.replica(1).role());
        assertEquals(
                new MasterRequest.Relinquish(id(1), 1, new Position(1, 2), 2),
                group.requests.get(group.requests.size() - 1));
        group.propose(1, 8);
        assertEquals("1: Refuse[reason=NOT_OWNER]", group.told.get(group.told.size() - 1));
    }

    @Test
    void termIsNotResumedAfterARestart() {
        owner(1, 1);
        UpdateLog log = group.replica(1).log();
        group.add(id(1), new Replica.Recovered(1, log, 1, 1));

        group.publish(1, 1, id(1), List.of(id(1), id(2), id(3)), List.of());
        assertEquals(Replica.RoleName.BACKUP, group.replica(1).role());

        owner(1, 2);
        assertEquals(Replica.RoleName.OWNER, group.replica(1).role());
    }

    @Test
    void strongReadsNeedALeaseThatCoversTheConfiguration() {
        owner(1, 1);
        assertTrue(group.replica(1).mayAnswerStrongRead(1, group.now));
        assertFalse(group.replica(1).mayAnswerStrongRead(1, group.now + 2_000 * SECOND));
        assertFalse(group.replica(2).mayAnswerStrongRead(1, group.now));
        assertFalse(group.replica(1).mayAnswerStrongRead(0, group.now));

        group.step(1, new ReplicaEvent.LeaseGranted(group.now + 10 * SECOND, 99));
        assertFalse(group.replica(1).mayAnswerStrongRead(1, group.now));
    }

    @Test
    void backupKnowsHowOldItIsAtMost() {
        owner(1, 1);
        group.propose(1, 7);
        group.pass(2 * SECOND);
        assertTrue(group.replica(2).isFresh(group.now, SECOND));

        group.cutOff.add(2);
        group.pass(2 * SECOND);
        assertFalse(group.replica(2).isFresh(group.now, SECOND));
    }

    @Test
    void repeatedStatementJoinsItsFirstTryInTheTail() {
        owner(1, 1);
        group.cutOff.add(3);
        Token token = new Token(5, 1, 1);
        ReplicaEvent proposed = new ReplicaEvent.Proposed(token, null, List.of(), group.now);
        group.step(1, proposed);
        group.step(1, proposed);

        assertEquals("1: Join[lsn=2]", group.told.get(group.told.size() - 1));
        assertEquals(new Position(1, 2), group.replica(1).last());
    }

    @Test
    void differentEntriesAtOnePositionStopTheReplica() {
        owner(1, 1);
        Position previous = new Position(1, 1);
        group.step(2, new ReplicaEvent.Received(new Message.Append(id(1), id(2), 1, 1, previous, 12345, List.of(), 1)));

        assertEquals(Replica.RoleName.HALTED, group.replica(2).role());
    }
}
