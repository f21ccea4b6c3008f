package io.trellisdb.coordination.bdbje;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die, hang and are cut off, under load. */
@Tag("slow")
final class FailoverTest {
    @TempDir
    Path directory;

    @Test
    void f01KilledLeaderIsFollowedByAnother() throws IOException {
        try (Processes nodes = new Processes(directory, 3, Map.of()).startAll()) {
            nodes.writeOn();
            for (int round = 0; round < 3; round++) {
                int leader = nodes.awaitLeader();
                awaitLoad(nodes);
                long epoch = nodes.history().highestEpoch();
                nodes.get(leader).kill();
                nodes.awaitEpochAfter(epoch);
                nodes.start(leader).tell("write on");
            }
            nodes.verify();
        }
    }

    @Test
    void f02F03HungLeaderIsReplacedAndAcceptsNothingWhenItResumes() throws IOException {
        try (Processes nodes = new Processes(directory, 3, Map.of()).startAll()) {
            nodes.writeOn();
            for (int round = 0; round < 2; round++) {
                int leader = nodes.awaitLeader();
                awaitLoad(nodes);
                long epoch = nodes.history().highestEpoch();
                long pid = nodes.get(leader).pid();
                nodes.get(leader).pause();
                nodes.awaitEpochAfter(epoch);
                awaitLoad(nodes);
                nodes.get(leader).resume();
                await().atMost(Processes.PATIENCE)
                        .until(() -> !nodes.get(leader).leads(epoch));
                assertEquals(pid, nodes.get(leader).pid());
            }
            nodes.verify();
        }
    }

    @Test
    void f04IsolatedLeaderLosesItsLeaseAndTheMajorityGoesOn() throws IOException {
        try (Processes nodes = new Processes(directory, 3, Map.of()).startAll()) {
            nodes.writeOn();
            int leader = nodes.awaitLeader();
            awaitLoad(nodes);
            long epoch = nodes.history().highestEpoch();

            nodes.isolate(leader, true);
            await().atMost(Processes.PATIENCE).until(() -> !nodes.get(leader).leads(epoch));
            nodes.awaitEpochAfter(epoch);
            assertFalse(nodes.get(leader).leads(nodes.history().highestEpoch()));
            awaitLoad(nodes);

            nodes.isolate(leader, false);
            nodes.verify();
        }
    }

    @Test
    void f05LeaderCutFromOneVoterGoesOn() throws IOException {
        try (Processes nodes = new Processes(directory, 3, Map.of()).startAll()) {
            nodes.writeOn();
            int leader = nodes.awaitLeader();
            nodes.cut(leader, (leader + 1) % 3, true);
            for (int i = 0; i < 3; i++) {
                awaitLoad(nodes);
            }
            nodes.cut(leader, (leader + 1) % 3, false);
            nodes.verify();
        }
    }

    @Test
    void f06OneWayDropEndsInOneLeader() throws IOException {
        try (Processes nodes = new Processes(directory, 3, Map.of()).startAll()) {
            nodes.writeOn();
            int leader = nodes.awaitLeader();
            awaitLoad(nodes);
            for (int other = 0; other < 3; other++) {
                if (other != leader) {
                    nodes.drop(leader, other, true);
                }
            }
            awaitLoadLong(nodes);
            for (int other = 0; other < 3; other++) {
                if (other != leader) {
                    nodes.drop(leader, other, false);
                }
            }
            nodes.verify();
        }
    }

    @Test
    void transferredLeadershipComesUnderANewEpochAndLosesNothing() throws IOException {
        try (Processes nodes = new Processes(directory, 3, Map.of()).startAll()) {
            nodes.writeOn();
            for (int round = 0; round < 3; round++) {
                int leader = nodes.awaitLeader();
                awaitLoad(nodes);
                long epoch = nodes.history().highestEpoch();
                String answer = nodes.get(leader).ask("transfer " + (leader + 1) % 3, "TRANSFERRED");
                assertTrue(Long.parseLong(answer.split(" ")[0]) > epoch);
                assertEquals((leader + 1) % 3, nodes.awaitLeader());
            }
            nodes.verify();
        }
    }

    /** Until some more commits have been applied. */
    private static void awaitLoad(Processes nodes) {
        long before = nodes.history().applied();
        await().atMost(Processes.PATIENCE).until(() -> nodes.history().applied() > before + 50);
    }

    private static void awaitLoadLong(Processes nodes) {
        for (int i = 0; i < 3; i++) {
            awaitLoad(nodes);
        }
    }
}
