package io.trellisdb.coordination.bdbje;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.coordination.CommitOutcome;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.LeadershipGuard;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.NodeRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three voters in one process. */
final class ThreeVotersTest {
    @TempDir
    Path directory;

    @Test
    void commitsReachEveryNodeAndEveryNodeKnowsTheLeader() {
        try (Nodes nodes = new Nodes(directory, 3, TestSettings.QUICK).startAll()) {
            int leader = nodes.awaitLeader();
            Epoch epoch = nodes.get(leader).guard().epoch();

            for (int i = 0; i < 100; i++) {
                put(nodes, leader, epoch, "k" + i);
            }

            for (int i = 0; i < 3; i++) {
                BdbjeCoordination node = nodes.get(i);
                await().atMost(Nodes.PATIENCE)
                        .until(() -> node.metadata().find("k99").isPresent());
                await().atMost(Nodes.PATIENCE).until(() -> node.leader().isPresent());
                assertEquals(epoch, node.leader().get().epoch());
            }
        }
    }

    @Test
    void closedLeaderIsFollowedByAnotherUnderAHigherEpoch() {
        try (Nodes nodes = new Nodes(directory, 3, TestSettings.QUICK).startAll()) {
            int first = nodes.awaitLeader();
            Epoch epoch = nodes.get(first).guard().epoch();
            put(nodes, first, epoch, "a");

            nodes.close(first);
            int second = nodes.awaitLeader();
            Epoch next = nodes.get(second).guard().epoch();

            assertTrue(next.number() > epoch.number());
            put(nodes, second, next, "b");
            BdbjeCoordination again = nodes.start(first);
            await().atMost(Nodes.PATIENCE)
                    .until(() -> again.metadata().find("b").isPresent());
            assertTrue(again.metadata().find("a").isPresent());
        }
    }

    @Test
    void f08LeaderWithoutReplicasStopsLeadingAndResumesUnderANewEpoch() {
        try (Nodes nodes = new Nodes(directory, 3, TestSettings.QUICK).startAll()) {
            int leader = nodes.awaitLeader();
            BdbjeCoordination node = nodes.get(leader);
            LeadershipGuard guard = node.guard();
            List<Integer> others =
                    List.of(0, 1, 2).stream().filter(i -> i != leader).toList();

            others.forEach(nodes::close);
            await().atMost(Nodes.PATIENCE).until(() -> node.role() != NodeRole.LEADER);
            assertFalse(guard.isValid());
            CommitOutcome outcome = node.metadata()
                    .commit(
                            guard.epoch(),
                            MetadataCommit.builder().put("late", new byte[1]).build());
            assertInstanceOf(CommitOutcome.Refused.class, outcome);

            others.forEach(nodes::start);
            int next = nodes.awaitLeader();
            assertTrue(nodes.get(next).guard().epoch().number() > guard.epoch().number());
            assertFalse(guard.isValid());
        }
    }

    private static void put(Nodes nodes, int leader, Epoch epoch, String key) {
        CommitOutcome outcome = nodes.get(leader)
                .metadata()
                .commit(
                        epoch,
                        MetadataCommit.builder()
                                .put(key, key.getBytes(StandardCharsets.UTF_8))
                                .build());
        assertInstanceOf(CommitOutcome.Applied.class, outcome);
    }
}
