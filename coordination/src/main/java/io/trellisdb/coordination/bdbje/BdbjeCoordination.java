package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.rep.ReplicationNetworkConfig;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.DiskVfs;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.CoordinationException;
import io.trellisdb.coordination.CoordinationException.Kind;
import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.HealthReport;
import io.trellisdb.coordination.LeaderInfo;
import io.trellisdb.coordination.LeadershipGuard;
import io.trellisdb.coordination.MetadataStore;
import io.trellisdb.coordination.NodeId;
import io.trellisdb.coordination.NodeRole;
import io.trellisdb.coordination.Registration;
import io.trellisdb.coordination.RoleListener;
import io.trellisdb.coordination.fencing.HighestEpochFile;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's coordination on JE's replication; the package documentation names its threads. Guarded by itself. */
final class BdbjeCoordination implements CoordinationService {
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(5);

    private final BdbjeSettings settings;
    private final CoordinationEnvironment environment;
    private final DiskVfs directory;
    private final RoleListeners listeners;
    private final Optional<ReplicationNetworkConfig> network;
    private @Nullable Machinery machinery;
    private boolean isClosed;

    BdbjeCoordination(
            BdbjeSettings settings,
            CoordinationEnvironment environment,
            DiskVfs directory,
            Optional<ReplicationNetworkConfig> network) {
        this.settings = settings;
        this.environment = environment;
        this.directory = directory;
        this.listeners = new RoleListeners(environment.listeners());
        this.network = network;
    }

    @Override
    public void start() {
        start(() -> {
            NodeId self = new NodeId(environment.ids().get(), 1);
            ClusterId cluster = new ClusterId(environment.ids().get());
            return new GroupPlace(self, cluster, environment.address(), true, Set.of(environment.address()));
        });
    }

    /** Starts at the place the node already has, else at the given one. */
    void start(Supplier<GroupPlace> newcomer) {
        Machinery started;
        synchronized (this) {
            if (machinery != null || isClosed) {
                throw new IllegalStateException("coordination has been started before");
            }
            PlaceFile file = new PlaceFile(directory);
            Optional<GroupPlace> known = file.read();
            GroupPlace place = known.orElseGet(newcomer);
            started = new Machinery(
                    settings, environment, directory, place, listeners, HighestEpochFile.open(directory), network);
            if (known.isEmpty()) {
                file.write(place);
            }
            machinery = started;
        }
        started.start();
        awaitRole(started);
    }

    @Override
    public NodeId self() {
        return require().place().self();
    }

    @Override
    public ClusterId cluster() {
        return require().place().cluster();
    }

    @Override
    public NodeRole role() {
        Machinery mine = machinery();
        return mine == null ? NodeRole.INIT : mine.roles().snapshot().role();
    }

    @Override
    public Optional<LeaderInfo> leader() {
        Machinery mine = machinery();
        return mine == null ? Optional.empty() : mine.roles().snapshot().leader();
    }

    @Override
    public LeaderInfo awaitLeader(Duration timeout) {
        CompletableFuture<LeaderInfo> known = new CompletableFuture<>();
        long deadline = environment.nanoClock().nanoTime() + timeout.toNanos();
        while (true) {
            Optional<LeaderInfo> leader = leader();
            if (leader.isPresent()) {
                return leader.get();
            }
            long left = deadline - environment.nanoClock().nanoTime();
            if (left <= 0) {
                throw new CoordinationException(Kind.LEADER_UNKNOWN, "no master is known: " + role(), null);
            }
            Waits.isDoneWithin(known, environment.nanoClock(), Math.min(left, LOOK_INTERVAL.toNanos()));
        }
    }

    @Override
    public LeadershipGuard guard() {
        Machinery mine = machinery();
        Reign reign = mine == null ? null : mine.roles().snapshot().reign();
        if (reign == null || !reign.guard().isValid()) {
            throw new CoordinationException(
                    Kind.NOT_LEADER, "this node is not master: " + role(), leader().orElse(null));
        }
        return reign.guard();
    }

    @Override
    public MetadataStore metadata() {
        return require().metadata();
    }

    @Override
    public Registration addListener(RoleListener listener) {
        return listeners.add(listener);
    }

    @Override
    public HealthReport health() {
        Machinery mine = machinery();
        return mine == null
                ? new HealthReport(HealthReport.Cause.NOT_STARTED, "coordination has not started")
                : mine.health();
    }

    @Override
    public void close() {
        Machinery mine;
        synchronized (this) {
            isClosed = true;
            mine = machinery;
        }
        if (mine != null) {
            mine.close();
        }
    }

    /** Hands leadership to another voter and waits until it leads. */
    LeaderInfo transfer(NodeId target, Duration timeout, boolean isForced) {
        return new Transfer(require()).run(target, timeout, isForced);
    }

    private void awaitRole(Machinery started) {
        long deadline =
                environment.nanoClock().nanoTime() + settings.startTimeout().toNanos();
        CompletableFuture<Void> opening = started.firstOpening();
        if (!Waits.isDoneWithin(
                opening, environment.nanoClock(), settings.startTimeout().toNanos())) {
            return;
        }
        if (opening.isCompletedExceptionally()) {
            close();
            Waits.forValue(opening);
        }
        CompletableFuture<Void> never = new CompletableFuture<>();
        while (!isSettled(role()) && deadline - environment.nanoClock().nanoTime() > 0) {
            Waits.isDoneWithin(never, environment.nanoClock(), LOOK_INTERVAL.toNanos());
        }
    }

    private static boolean isSettled(NodeRole role) {
        return switch (role) {
            case LEADER, FOLLOWER, OBSERVER, FAILED, REMOVED -> true;
            case INIT, UNKNOWN, ACTIVATING, DEMOTING -> false;
        };
    }

    private synchronized @Nullable Machinery machinery() {
        return machinery;
    }

    private Machinery require() {
        Machinery mine = machinery();
        if (mine == null) {
            throw new CoordinationException(Kind.CLOSED, "coordination has not started", null);
        }
        return mine;
    }

    static DiskVfs requireDisk(CoordinationEnvironment environment) {
        if (environment.directory() instanceof DiskVfs disk) {
            return disk;
        }
        throw new TrellisException(
                ErrorCode.INVALID_CONFIGURATION, "coordination provider bdbje needs a directory of the machine");
    }
}
