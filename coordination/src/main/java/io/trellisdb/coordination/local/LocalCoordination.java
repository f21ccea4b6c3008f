package io.trellisdb.coordination.local;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.CoordinationEnvironment;
import io.trellisdb.coordination.CoordinationException;
import io.trellisdb.coordination.CoordinationException.Kind;
import io.trellisdb.coordination.CoordinationService;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.HealthReport;
import io.trellisdb.coordination.LeaderInfo;
import io.trellisdb.coordination.LeadershipGuard;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.MetadataStore;
import io.trellisdb.coordination.NodeId;
import io.trellisdb.coordination.NodeRole;
import io.trellisdb.coordination.Registration;
import io.trellisdb.coordination.RoleListener;
import io.trellisdb.coordination.metadata.CommitLog;
import io.trellisdb.coordination.metadata.MetadataLog;
import io.trellisdb.coordination.metadata.MetadataTree;
import io.trellisdb.coordination.metadata.SerialTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Coordination of a node that is alone. Guarded by itself. */
final class LocalCoordination implements CoordinationService {
    /** Nothing is replicated here, so ending a mastership takes no time worth waiting for. */
    private static final Duration DEMOTION_BUDGET = Duration.ofSeconds(5);

    private final CoordinationEnvironment environment;
    private final SerialTasks tasks;
    private final Set<RoleListener> listeners = new LinkedHashSet<>();
    private NodeRole role = NodeRole.INIT;
    private @Nullable Mastership mastership;
    private @Nullable String failure;

    /** What is known once the epoch is fenced. */
    private record Mastership(
            NodeId self, ClusterId cluster, LeaderInfo leader, LocalGuard guard, LocalMetadata metadata) {}

    LocalCoordination(CoordinationEnvironment environment) {
        this.environment = environment;
        this.tasks = new SerialTasks(environment.listeners());
    }

    @Override
    public synchronized void start() {
        if (role != NodeRole.INIT) {
            throw new IllegalStateException("coordination has been started before: " + role);
        }
        role = NodeRole.ACTIVATING;
        try {
            Mastership now = fence();
            mastership = now;
            role = NodeRole.LEADER;
            for (RoleListener listener : listeners) {
                tell(listener, now);
            }
        } catch (RuntimeException e) {
            role = NodeRole.FAILED;
            failure = e.getMessage();
            throw e;
        }
    }

    @Override
    public synchronized NodeId self() {
        return require().self();
    }

    @Override
    public synchronized ClusterId cluster() {
        return require().cluster();
    }

    @Override
    public synchronized NodeRole role() {
        return role;
    }

    @Override
    public synchronized Optional<LeaderInfo> leader() {
        return role == NodeRole.LEADER ? Optional.of(require().leader()) : Optional.empty();
    }

    /** A lone node that is not master will not become one by waiting. */
    @Override
    public LeaderInfo awaitLeader(Duration timeout) {
        return leader().orElseThrow(
                        () -> new CoordinationException(Kind.LEADER_UNKNOWN, "no master is known: " + role(), null));
    }

    @Override
    public synchronized LeadershipGuard guard() {
        if (role != NodeRole.LEADER) {
            throw new CoordinationException(Kind.NOT_LEADER, "this node is not master: " + role, null);
        }
        return require().guard();
    }

    @Override
    public synchronized MetadataStore metadata() {
        return require().metadata();
    }

    @Override
    public synchronized Registration addListener(RoleListener listener) {
        listeners.add(listener);
        if (role == NodeRole.LEADER) {
            tell(listener, require());
        }
        return () -> remove(listener);
    }

    @Override
    public synchronized HealthReport health() {
        return switch (role) {
            case LEADER -> new HealthReport(HealthReport.Cause.OK, "master of itself");
            case INIT, ACTIVATING -> new HealthReport(HealthReport.Cause.NOT_STARTED, "coordination has not started");
            case FAILED -> new HealthReport(HealthReport.Cause.STORAGE_FAILED, String.valueOf(failure));
            case UNKNOWN, FOLLOWER, OBSERVER, DEMOTING, REMOVED ->
                new HealthReport(HealthReport.Cause.REMOVED, "coordination is closed");
        };
    }

    @Override
    public synchronized void close() {
        Mastership last = mastership;
        if (role == NodeRole.LEADER && last != null) {
            last.guard().lose();
            for (RoleListener listener : listeners) {
                Epoch epoch = last.guard().epoch();
                tasks.add(() -> listener.onDemote(epoch, RoleListener.DemoteReason.STOPPING, DEMOTION_BUDGET));
            }
        }
        role = NodeRole.REMOVED;
        if (last != null) {
            last.metadata().close();
        }
    }

    private Mastership fence() {
        MetadataTree tree = new MetadataTree(environment.listeners());
        Vfs directory = environment.directory();
        CommitLog log = directory == null ? CommitLog.none() : MetadataLog.open(directory, tree);
        try {
            List<MetadataChange> changes = new ArrayList<>();
            ClusterId cluster = findOrMakeCluster(tree, changes);
            NodeId self = findOrMakeNode(tree, changes);
            long last = tree.find(Identity.EPOCH_KEY)
                    .map(record -> Identity.decodeEpoch(record.value()).number())
                    .orElse(0L);
            Epoch epoch = new Epoch(last + 1, self, environment.ids().get());
            LocalMetadata metadata = new LocalMetadata(tree, log, this::failed);
            metadata.fence(epoch, changes);
            LeaderInfo leader = new LeaderInfo(
                    epoch,
                    environment.address(),
                    environment.services(),
                    environment.wallClock().now());
            return new Mastership(self, cluster, leader, new LocalGuard(epoch), metadata);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private ClusterId findOrMakeCluster(MetadataTree tree, List<MetadataChange> changes) {
        Optional<MetadataRecord> known = tree.find(Identity.CLUSTER_KEY);
        if (known.isPresent()) {
            return Identity.decodeCluster(known.get().value());
        }
        ClusterId fresh = new ClusterId(environment.ids().get());
        changes.add(new MetadataChange.Put(Identity.CLUSTER_KEY, Identity.encode(fresh)));
        return fresh;
    }

    private NodeId findOrMakeNode(MetadataTree tree, List<MetadataChange> changes) {
        Optional<MetadataRecord> known = tree.find(Identity.NODE_KEY);
        if (known.isPresent()) {
            return Identity.decodeNode(known.get().value());
        }
        NodeId fresh = new NodeId(environment.ids().get(), 1);
        changes.add(new MetadataChange.Put(Identity.NODE_KEY, Identity.encode(fresh)));
        return fresh;
    }

    private synchronized void failed(TrellisException reason) {
        if (role != NodeRole.LEADER) {
            return;
        }
        role = NodeRole.FAILED;
        failure = reason.getMessage();
        require().guard().lose();
        for (RoleListener listener : listeners) {
            tasks.add(() -> listener.onFatal(RoleListener.FatalReason.STORAGE_FAILED, reason.getMessage()));
        }
    }

    private void tell(RoleListener listener, Mastership now) {
        tasks.add(() -> {
            listener.onActivate(now.guard().epoch());
            listener.onLeaderChanged(Optional.of(now.leader()));
        });
    }

    private synchronized void remove(RoleListener listener) {
        listeners.remove(listener);
    }

    private Mastership require() {
        Mastership known = mastership;
        if (known == null) {
            throw new CoordinationException(Kind.CLOSED, "coordination has not started: " + role, null);
        }
        return known;
    }
}
