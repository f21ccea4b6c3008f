package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.rep.InsufficientLogException;
import com.sleepycat.je.rep.NetworkRestore;
import com.sleepycat.je.rep.NetworkRestoreConfig;
import com.sleepycat.je.rep.ReplicatedEnvironment;
import com.sleepycat.je.rep.ReplicationNetworkConfig;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.coordination.NodeRole;
import io.trellisdb.coordination.RoleListener.FatalReason;
import java.io.File;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor thread: owns the environment's life. It opens it, notices that it broke, finds the cure, and runs the tasks
 * that change the group. Its fields are confined to it.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration PAUSE_MIN = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(10);
    /** How often the periodic duties run. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Parts parts;
    private final Mailbox<Command> commands;
    private final CompletableFuture<Void> firstOpening = new CompletableFuture<>();
    private GroupPlace place;
    private @Nullable GroupEnvironment open;
    private long generation;
    private int failures;
    private long nextOpening;
    private long nextPeriod;
    private boolean isStopping;
    private boolean isGivenUp;

    /**
     * What the supervisor works with.
     *
     * @param network how JE's own connections are secured; empty for plain ones
     * @param periodic duties every ten seconds, while the environment is open
     */
    record Parts(
            BdbjeSettings settings,
            NanoClock clock,
            File directory,
            Optional<ReplicationNetworkConfig> network,
            Handler log,
            EnvironmentGate gate,
            JeStates states,
            CoordinationCounters counters,
            FatalEnd fatal,
            Runnable periodic) {}

    /** Ends coordination for good. */
    @FunctionalInterface
    interface FatalEnd {
        void end(NodeRole role, FatalReason reason, String explanation);
    }

    private sealed interface Command {
        record Failed(long generation, RuntimeException cause) implements Command {}

        record Detached(long generation) implements Command {}

        record Task(Runnable work) implements Command {}

        record Stop() implements Command {}
    }

    Supervisor(Parts parts, GroupPlace place) {
        this.parts = parts;
        this.place = place;
        this.commands = new Mailbox<>(parts.clock());
        this.nextOpening = parts.clock().nanoTime();
        this.nextPeriod = nextOpening;
    }

    /** Done when the environment has opened for the first time; fails with what an operator has to mend. */
    CompletableFuture<Void> firstOpening() {
        return firstOpening;
    }

    void failed(long brokenGeneration, RuntimeException cause) {
        commands.put(new Command.Failed(brokenGeneration, cause));
    }

    void detached(long detachedGeneration) {
        commands.put(new Command.Detached(detachedGeneration));
    }

    /** Runs something on this thread. */
    void execute(Runnable work) {
        commands.put(new Command.Task(work));
    }

    void stop() {
        commands.put(new Command.Stop());
    }

    void run() {
        while (!isStopping) {
            if (open == null && !isGivenUp && now() - nextOpening >= 0) {
                tryToOpen();
            }
            commands.takeAll(nanosToNext()).forEach(this::handle);
            if (open != null && now() - nextPeriod >= 0) {
                nextPeriod = now() + PERIOD.toNanos();
                parts.periodic().run();
            }
        }
        closeEnvironment();
    }

    /** Where the node stands in the group from the next opening on; called by tasks. */
    void moveTo(GroupPlace newPlace) {
        closeEnvironment();
        place = newPlace;
        nextOpening = now();
        isGivenUp = false;
    }

    private void handle(Command command) {
        if (command instanceof Command.Task task) {
            task.work().run();
        } else if (command instanceof Command.Failed failed) {
            if (open != null && open.generation() == failed.generation()) {
                broken(failed.cause());
            }
        } else if (command instanceof Command.Detached detached) {
            if (open != null && open.generation() == detached.generation()) {
                DatabaseException cause = open.environment().getInvalidatingException();
                broken(cause == null ? new IllegalStateException("environment was detached") : cause);
            }
        } else {
            isStopping = true;
        }
    }

    private void tryToOpen() {
        try {
            generation++;
            ReplicatedEnvironment environment = new ReplicatedEnvironment(
                    parts.directory(),
                    JeConfigs.replication(parts.settings(), place, parts.network()),
                    JeConfigs.environment(parts.settings(), parts.log()));
            GroupEnvironment fresh = new GroupEnvironment(environment, place, generation);
            open = fresh;
            parts.gate().set(fresh);
            environment.setStateChangeListener(parts.states().listener(generation));
            failures = 0;
            firstOpening.complete(null);
            LOG.info("group environment opened: node {}, voter {}", place.nodeName(), place.isVoter());
        } catch (DatabaseException | IllegalStateException e) {
            broken(e);
        } catch (IllegalArgumentException e) {
            giveUp(
                    FatalReason.STORAGE_FAILED,
                    new TrellisException(ErrorCode.INVALID_CONFIGURATION, String.valueOf(e.getMessage()), e));
        }
    }

    private void broken(RuntimeException cause) {
        Cure cure = Cure.of(cause);
        LOG.warn("group environment is not usable: {}, {}", cure, cause.toString());
        parts.counters().reopenings.incrementAndGet();
        if (cure == Cure.RESTORE && cause instanceof InsufficientLogException outdated && restore(outdated)) {
            closeEnvironment();
            return;
        }
        closeEnvironment();
        failures++;
        switch (cure) {
            case REOPEN, RESTORE -> nextOpening = now() + pause().toNanos();
            case WAIT -> nextOpening = now() + PAUSE_MAX.toNanos() / 5;
            case LOCKED ->
                giveUp(
                        FatalReason.STORAGE_FAILED,
                        new TrellisException(
                                ErrorCode.INVALID_CONFIGURATION, "metadata directory is in use by another process"));
            case LOST ->
                giveUp(
                        FatalReason.DURABLE_ROLLBACK,
                        new TrellisException(
                                ErrorCode.DATA_CORRUPTED,
                                "acknowledged metadata would have to be rolled back: " + cause.getMessage(),
                                cause));
            case EXPELLED ->
                giveUp(
                        FatalReason.REMOVED_FROM_CLUSTER,
                        new TrellisException(
                                ErrorCode.INVALID_CONFIGURATION,
                                "group does not know this node: " + cause.getMessage(),
                                cause));
            case HEAL ->
                giveUp(
                        FatalReason.STORAGE_FAILED,
                        new TrellisException(
                                ErrorCode.DATA_CORRUPTED,
                                "metadata of this node are damaged: " + cause.getMessage(),
                                cause));
            case BROKEN_DISK ->
                giveUp(
                        FatalReason.STORAGE_FAILED,
                        new TrellisException(
                                ErrorCode.IO_ERROR, "metadata cannot be written: " + cause.getMessage(), cause));
        }
    }

    /** Needs the old handle: closing comes after. */
    private boolean restore(InsufficientLogException outdated) {
        try {
            LOG.info("copying metadata of another node");
            new NetworkRestore().execute(outdated, new NetworkRestoreConfig());
            parts.counters().networkRestores.incrementAndGet();
            nextOpening = now();
            return true;
        } catch (DatabaseException | IllegalStateException | IllegalArgumentException e) {
            LOG.warn("copying metadata of another node failed: {}", e.toString());
            return false;
        }
    }

    private void giveUp(FatalReason reason, TrellisException why) {
        isGivenUp = true;
        firstOpening.completeExceptionally(why);
        NodeRole role = reason == FatalReason.REMOVED_FROM_CLUSTER ? NodeRole.REMOVED : NodeRole.FAILED;
        parts.fatal().end(role, reason, String.valueOf(why.getMessage()));
    }

    private void closeEnvironment() {
        GroupEnvironment mine = parts.gate().take();
        open = null;
        if (mine != null) {
            parts.states().closed(mine.generation());
            mine.close();
        }
    }

    private Duration pause() {
        Duration pause = PAUSE_MIN.multipliedBy(1L << Math.min(failures - 1, 10));
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }

    private long nanosToNext() {
        long wake = open == null && !isGivenUp ? nextOpening : nextPeriod;
        return Math.max(0, isGivenUp ? PERIOD.toNanos() : wake - now());
    }

    private long now() {
        return parts.clock().nanoTime();
    }
}
