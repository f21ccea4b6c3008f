package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.FencingResult;
import io.trellisdb.coordination.LeaderInfo;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.NodeRole;
import io.trellisdb.coordination.RoleListener.DemoteReason;
import io.trellisdb.coordination.RoleListener.FatalReason;
import io.trellisdb.coordination.fencing.Fencing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role thread: one transition at a time, from what JE last said, the lease and the commands that arrive. Its state is
 * confined to it but for the snapshot, which anybody may read.
 *
 * <pre>
 *   FOLLOWER, OBSERVER, UNKNOWN --JE elects--> ACTIVATING --fenced, replayed, first lease--> LEADER
 *   LEADER --lease over, other epoch, unknown outcome, not elected, closing--> DEMOTING --listeners done--> what JE says
 * </pre>
 */
final class Roles {
    private static final Logger LOG = LoggerFactory.getLogger(Roles.class);
    /** Before an activation that failed is tried again, as long as JE keeps this node elected. */
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    /** How often the replay is continued when a lock was in its way. */
    private static final int REPLAY_ATTEMPTS = 20;

    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Parts parts;
    private final Mailbox<Command> commands;
    private volatile Snapshot snapshot = new Snapshot(NodeRole.INIT, Optional.empty(), null);
    private volatile @Nullable FencingResult lastFencing;

    private long reignElections;
    private @Nullable Demotion demotion;
    private long retryAt;
    private boolean isStopping;
    private @Nullable NodeRole end;

    /**
     * What the role thread works with.
     *
     * @param opening what a new reign writes before anything else
     * @param self how this node presents itself as leader of an epoch
     * @param onReignEnd undoes what only a leader may have set in the group; the supervisor does it
     */
    record Parts(
            BdbjeSettings settings,
            Fencing.Surroundings surroundings,
            JeStates states,
            JeEpochTable epochs,
            EnvironmentGate gate,
            Replay replay,
            Writer writer,
            RoleListeners listeners,
            CoordinationCounters counters,
            Supplier<Fencing> fencing,
            Supplier<List<MetadataChange>> opening,
            LeaderPresentation self,
            Runnable onReign,
            Runnable onReignEnd) {}

    /** Makes the public form of this node's leadership. */
    @FunctionalInterface
    interface LeaderPresentation {
        LeaderInfo of(Epoch epoch);
    }

    /** What anybody may see. */
    record Snapshot(
            NodeRole role,
            Optional<LeaderInfo> leader,
            @Nullable Reign reign) {}

    private record Demotion(Epoch epoch, long deadline, boolean isOverdue) {}

    private sealed interface Command {
        record Lost(Reign reign, DemoteReason reason) implements Command {}

        record Fence(CompletableFuture<FencingResult> result) implements Command {}

        record Demoted(Epoch epoch) implements Command {}

        record Followed(Optional<LeaderInfo> leader) implements Command {}

        record End(NodeRole role, @Nullable FatalReason reason, String explanation) implements Command {}
    }

    Roles(Parts parts) {
        this.parts = parts;
        this.commands = new Mailbox<>(parts.surroundings().nanoClock());
    }

    Snapshot snapshot() {
        return snapshot;
    }

    Optional<FencingResult> lastFencing() {
        return Optional.ofNullable(lastFencing);
    }

    void jeChanged() {
        commands.nudge();
    }

    void lost(Reign reign, DemoteReason reason) {
        commands.put(new Command.Lost(reign, reason));
    }

    /** Whom this node follows, as the follower reads it. */
    void follow(Optional<LeaderInfo> leader) {
        commands.put(new Command.Followed(leader));
    }

    /** Fences a new epoch, if JE has elected this node. */
    CompletableFuture<FencingResult> fence() {
        CompletableFuture<FencingResult> result = new CompletableFuture<>();
        commands.put(new Command.Fence(result));
        return result;
    }

    /** Coordination cannot go on: FAILED or REMOVED, for good. */
    void end(NodeRole role, FatalReason reason, String explanation) {
        commands.put(new Command.End(role, reason, explanation));
    }

    /** The service closes: the thread ends after the demotion has been told. */
    void stop() {
        commands.put(new Command.End(NodeRole.REMOVED, null, "closing"));
    }

    void run() {
        publish(NodeRole.UNKNOWN, Optional.empty(), null);
        while (!isStopping) {
            List<Command> taken = commands.takeAll(nanosToDeadline());
            taken.forEach(this::handle);
            if (end == null) {
                step();
            }
        }
        commands.takeAll(0).forEach(this::refuse);
    }

    private void handle(Command command) {
        if (command instanceof Command.Lost lost) {
            if (lost.reign().equals(snapshot.reign())) {
                demote(lost.reason());
            }
        } else if (command instanceof Command.Fence fence) {
            fenceAnew(fence.result());
        } else if (command instanceof Command.Demoted demoted) {
            finishDemotion(demoted.epoch());
        } else if (command instanceof Command.Followed followed) {
            if (snapshot.reign() == null && snapshot.role() != NodeRole.ACTIVATING && end == null) {
                publish(snapshot.role(), followed.leader(), null);
            }
        } else if (command instanceof Command.End ending) {
            end(ending);
        }
    }

    private void refuse(Command command) {
        if (command instanceof Command.Fence fence) {
            fence.result().complete(failed(FencingResult.Failure.STOPPED));
        }
    }

    private void step() {
        JeView view = parts.states().view();
        Reign reign = snapshot.reign();
        if (reign != null && (!view.isMaster() || view.elections() != reignElections)) {
            demote(DemoteReason.NOT_ELECTED);
        } else if (reign != null && !reign.guard().isValid()) {
            parts.counters().leasesLost.incrementAndGet();
            demote(DemoteReason.LEASE_EXPIRED);
        }
        if (demotion != null) {
            checkBudget();
            return;
        }
        if (snapshot.reign() == null && view.isMaster() && now() - retryAt >= 0) {
            activate();
        } else if (snapshot.reign() == null) {
            settle(view);
        }
    }

    /** The role that JE's state amounts to as long as this node does not lead. */
    private void settle(JeView view) {
        NodeRole role = NodeRole.UNKNOWN;
        if (view.isReplica()) {
            boolean votes = parts.gate()
                    .use(environment -> environment.place().isVoter())
                    .orElse(true);
            role = votes ? NodeRole.FOLLOWER : NodeRole.OBSERVER;
        }
        boolean hasMaster = !view.master().isEmpty() && view.isReplica();
        publish(role, hasMaster ? snapshot.leader() : Optional.empty(), null);
    }

    private FencingResult activate() {
        JeView view = parts.states().view();
        publish(NodeRole.ACTIVATING, Optional.empty(), null);
        parts.writer().awaitIdle();
        FencingResult result = parts.fencing().get().fence(parts.epochs());
        lastFencing = result;
        count(result);
        if (result.isOk() && !lead(result.epoch().orElseThrow(), view)) {
            publish(NodeRole.UNKNOWN, Optional.empty(), null);
            retryAt = now() + RETRY_PAUSE.toNanos();
        } else if (!result.isOk()) {
            LOG.warn("fencing failed: {}, attempts {}", result.failure(), result.attempts());
            publish(NodeRole.UNKNOWN, Optional.empty(), null);
            retryAt = now() + RETRY_PAUSE.toNanos();
            if (result.failure() == FencingResult.Failure.DAMAGED) {
                end(new Command.End(
                        NodeRole.FAILED, FatalReason.STORAGE_FAILED, "epoch table is damaged or has gone back"));
            }
        }
        return result;
    }

    private boolean lead(Epoch epoch, JeView view) {
        LOG.info("epoch fenced: {}", epoch.number());
        try {
            if (!replayToEnd(epoch)) {
                return false;
            }
        } catch (TrellisException e) {
            end(new Command.End(NodeRole.FAILED, FatalReason.DURABLE_ROLLBACK, String.valueOf(e.getMessage())));
            return false;
        }
        long end = now() + parts.settings().leaseDuration().toNanos();
        LeaseGuard guard = new LeaseGuard(epoch, parts.surroundings().nanoClock(), end);
        Reign reign = new Reign(guard, parts.self().of(epoch));
        if (!parts.writer().open(reign, parts.opening().get()) || !guard.isValid()) {
            guard.lose();
            return false;
        }
        reignElections = view.elections();
        parts.counters().leaderChanges.incrementAndGet();
        parts.writer().begin(reign);
        parts.listeners().activate(epoch);
        publish(NodeRole.LEADER, Optional.of(reign.info()), reign);
        parts.onReign().run();
        return true;
    }

    private boolean replayToEnd(Epoch epoch) {
        for (int i = 0; i < REPLAY_ATTEMPTS; i++) {
            Optional<Boolean> isAtEnd = parts.gate().use(environment -> environment
                    .tables()
                    .map(tables -> parts.replay().toEnd(tables, epoch.number()))
                    .orElse(false));
            if (isAtEnd.orElse(false)) {
                return true;
            }
            if (!parts.states().view().isMaster()) {
                return false;
            }
        }
        return false;
    }

    private void demote(DemoteReason reason) {
        Reign reign = snapshot.reign();
        if (reign == null) {
            return;
        }
        LOG.info("leadership ends: epoch {}, {}", reign.epoch().number(), reason);
        reign.guard().lose();
        parts.writer().seal();
        long deadline = now() + parts.settings().demotionBudget().toNanos();
        Epoch epoch = reign.epoch();
        demotion = new Demotion(epoch, deadline, false);
        snapshot = new Snapshot(NodeRole.DEMOTING, Optional.empty(), null);
        parts.listeners()
                .demote(
                        epoch,
                        reason,
                        parts.settings().demotionBudget(),
                        () -> commands.put(new Command.Demoted(epoch)));
        if (reason != DemoteReason.STOPPING) {
            parts.listeners().leaderIs(Optional.empty());
        }
        parts.onReignEnd().run();
    }

    private void finishDemotion(Epoch epoch) {
        Demotion pending = demotion;
        if (pending != null && pending.epoch().equals(epoch)) {
            demotion = null;
        }
    }

    private void checkBudget() {
        Demotion pending = demotion;
        if (pending != null && !pending.isOverdue() && now() - pending.deadline() >= 0) {
            demotion = new Demotion(pending.epoch(), pending.deadline(), true);
            String explanation = "ending a mastership took longer than its budget: epoch "
                    + pending.epoch().number();
            LOG.error(explanation);
            parts.listeners().fatal(FatalReason.SELF_FENCE, explanation);
        }
    }

    private void fenceAnew(CompletableFuture<FencingResult> result) {
        if (end != null || !parts.states().view().isMaster()) {
            result.complete(failed(FencingResult.Failure.NOT_LEADER));
            return;
        }
        demote(DemoteReason.HIGHER_EPOCH);
        demotion = null;
        result.complete(activate());
    }

    private void end(Command.End ending) {
        demote(DemoteReason.STOPPING);
        end = ending.role();
        FatalReason reason = ending.reason();
        if (reason == null) {
            isStopping = true;
        } else {
            LOG.error("coordination cannot go on: {}, {}", reason, ending.explanation());
            parts.listeners().fatal(reason, ending.explanation());
        }
        // A closed service is gone for its listeners: what they know of the leader stays as it was.
        snapshot = new Snapshot(ending.role(), Optional.empty(), null);
    }

    private void publish(NodeRole role, Optional<LeaderInfo> leader, @Nullable Reign reign) {
        Snapshot before = snapshot;
        if (before.role() != role) {
            LOG.info("role changed: {} to {}", before.role(), role);
        }
        snapshot = new Snapshot(role, leader, reign);
        parts.listeners().leaderIs(leader);
    }

    private void count(FencingResult result) {
        CoordinationCounters counters = parts.counters();
        counters.fencingAttempts.addAndGet(result.attempts());
        if (result.isOk()) {
            counters.fencingSuccesses.incrementAndGet();
            counters.fencingNanos.addAndGet(result.elapsed().toNanos());
        } else if (result.failure() == FencingResult.Failure.CONFLICT) {
            counters.fencingConflicts.incrementAndGet();
        } else {
            counters.fencingFailures.incrementAndGet();
        }
    }

    private long nanosToDeadline() {
        Reign reign = snapshot.reign();
        Demotion pending = demotion;
        long nanos = IDLE.toNanos();
        if (reign != null) {
            nanos = Math.min(nanos, reign.guard().remainingNanos());
        } else if (pending != null && !pending.isOverdue()) {
            nanos = Math.min(nanos, pending.deadline() - now());
        } else if (parts.states().view().isMaster()) {
            nanos = Math.min(nanos, retryAt - now());
        }
        return Math.max(0, nanos);
    }

    private long now() {
        return parts.surroundings().nanoClock().nanoTime();
    }

    private static FencingResult failed(FencingResult.Failure failure) {
        return new FencingResult(null, 0, Duration.ZERO, failure);
    }
}
