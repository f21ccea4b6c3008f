package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.rep.ReplicationNetworkConfig;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.HealthReport;
import io.trellisdb.coordination.LeaderInfo;
import io.trellisdb.coordination.Member;
import io.trellisdb.coordination.MemberRole;
import io.trellisdb.coordination.MemberState;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.NodeRole;
import io.trellisdb.coordination.RoleListener.FatalReason;
import io.trellisdb.coordination.fencing.Fencing;
import io.trellisdb.coordination.fencing.HighestEpochFile;
import io.trellisdb.coordination.membership.MemberRecords;
import io.trellisdb.coordination.metadata.MetadataTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** The parts of a started node, wired, and its threads. */
final class Machinery {
    private static final String DIRECTORY = "group";

    private final CoordinationEnvironment environment;
    private final GroupPlace place;
    private final CoordinationCounters counters = new CoordinationCounters();
    private final OwnThreads threads;
    private final MetadataTree tree;
    private final EnvironmentGate gate;
    private final JeStates states;
    private final Writer writer;
    private final Roles roles;
    private final Follower follower;
    private final Supervisor supervisor;
    private final BdbjeMetadata metadata;

    Machinery(
            BdbjeSettings settings,
            CoordinationEnvironment environment,
            DiskVfs directory,
            GroupPlace place,
            RoleListeners listeners,
            HighestEpochFile highest,
            Optional<ReplicationNetworkConfig> network) {
        this.environment = environment;
        this.place = place;
        this.threads = new OwnThreads(place.address().toString());
        this.tree = new MetadataTree(environment.listeners());
        this.gate = new EnvironmentGate((broken, cause) -> supervisor().failed(broken.generation(), cause));
        this.states = new JeStates(
                () -> roles().jeChanged(), generation -> supervisor().detached(generation));
        Replay replay = new Replay(tree, highest);
        this.writer =
                new Writer(gate, replay, settings, environment.nanoClock(), counters, (reign, reason) -> roles().lost(
                                reign, reason));
        this.roles = new Roles(new Roles.Parts(
                settings,
                surroundings(highest),
                states,
                new JeEpochTable(gate),
                gate,
                replay,
                writer,
                listeners,
                counters,
                () -> new Fencing(place.self(), place.nodeName(), settings.fencing(), surroundings(highest)),
                this::opening,
                this::present,
                () -> {},
                () -> {}));
        this.follower = new Follower(gate, replay, states, roles, environment.nanoClock(), this::damaged);
        directory.createDirectories(DIRECTORY);
        this.supervisor = new Supervisor(
                new Supervisor.Parts(
                        settings,
                        environment.nanoClock(),
                        directory.root().resolve(DIRECTORY).toFile(),
                        network,
                        new JeLog(),
                        gate,
                        states,
                        counters,
                        roles::end,
                        () -> {}),
                place);
        this.metadata = new BdbjeMetadata(tree, writer);
    }

    void start() {
        threads.start("role", roles::run);
        threads.start("writer", writer::run);
        threads.start("follower", follower::run);
        threads.start("supervisor", supervisor::run);
    }

    /** In good order: the role first, then what it needs. */
    void close() {
        roles.stop();
        writer.stop();
        follower.stop();
        supervisor.stop();
        threads.join();
    }

    GroupPlace place() {
        return place;
    }

    EnvironmentGate gate() {
        return gate;
    }

    NanoClock clock() {
        return environment.nanoClock();
    }

    long now() {
        return clock().nanoTime();
    }

    /** Runs something that blocks on a thread of its own. */
    void runApart(String name, Runnable work) {
        threads.start(name, work);
    }

    Roles roles() {
        return roles;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    BdbjeMetadata metadata() {
        return metadata;
    }

    CompletableFuture<Void> firstOpening() {
        return supervisor.firstOpening();
    }

    HealthReport health() {
        Roles.Snapshot now = roles.snapshot();
        return switch (now.role()) {
            case LEADER -> new HealthReport(HealthReport.Cause.OK, "master");
            case FOLLOWER, OBSERVER ->
                now.leader().isPresent()
                        ? new HealthReport(
                                HealthReport.Cause.OK,
                                "follows " + now.leader().get().coordination())
                        : new HealthReport(HealthReport.Cause.NO_LEADER, "master has no epoch yet");
            case INIT -> new HealthReport(HealthReport.Cause.NOT_STARTED, "coordination has not started");
            case UNKNOWN, ACTIVATING, DEMOTING -> new HealthReport(HealthReport.Cause.NO_LEADER, "no master is known");
            case FAILED -> new HealthReport(HealthReport.Cause.STORAGE_FAILED, "coordination has failed");
            case REMOVED -> new HealthReport(HealthReport.Cause.REMOVED, "coordination is closed or node was removed");
        };
    }

    private void damaged(TrellisException e) {
        roles.end(NodeRole.FAILED, FatalReason.STORAGE_FAILED, String.valueOf(e.getMessage()));
    }

    private Fencing.Surroundings surroundings(HighestEpochFile highest) {
        SplittableRandom random = new SplittableRandom(place.self().hashCode());
        return new Fencing.Surroundings(
                environment.nanoClock(),
                environment.wallClock(),
                environment.ids(),
                random::nextDouble,
                this::pause,
                highest);
    }

    /** Between attempts to fence; as long as JE keeps this node elected. */
    private boolean pause(Duration duration) {
        long deadline = environment.nanoClock().nanoTime() + duration.toNanos();
        CompletableFuture<Void> never = new CompletableFuture<>();
        while (states.view().isMaster() && deadline - environment.nanoClock().nanoTime() > 0) {
            Waits.isDoneWithin(
                    never, environment.nanoClock(), Duration.ofMillis(20).toNanos());
        }
        return states.view().isMaster();
    }

    private LeaderInfo present(Epoch epoch) {
        return new LeaderInfo(
                epoch,
                environment.address(),
                environment.services(),
                environment.wallClock().now());
    }

    /** What a new leader writes about the cluster and itself, where the records do not say so already. */
    private List<MetadataChange> opening() {
        List<MetadataChange> changes = new ArrayList<>();
        if (tree.find(MemberRecords.CLUSTER_KEY).isEmpty()) {
            changes.add(new MetadataChange.Put(MemberRecords.CLUSTER_KEY, MemberRecords.encode(place.cluster())));
        }
        String key = MemberRecords.key(place.self());
        Optional<Member> known = tree.find(key).map(MetadataRecord::value).map(MemberRecords::decode);
        Member self = known.map(member -> member.at(environment.address(), environment.services()))
                .orElseGet(() -> new Member(
                        place.self(),
                        1,
                        environment.address(),
                        environment.services(),
                        "",
                        MemberRole.VOTER,
                        MemberState.ACTIVE,
                        environment.wallClock().now()));
        if (known.isEmpty() || !known.get().equals(self)) {
            changes.add(new MetadataChange.Put(key, MemberRecords.encode(self)));
        }
        return changes;
    }
}
