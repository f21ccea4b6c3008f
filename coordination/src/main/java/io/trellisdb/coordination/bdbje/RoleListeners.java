package io.trellisdb.coordination.bdbje;

import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.LeaderInfo;
import io.trellisdb.coordination.Registration;
import io.trellisdb.coordination.RoleListener;
import io.trellisdb.coordination.RoleListener.DemoteReason;
import io.trellisdb.coordination.RoleListener.FatalReason;
import io.trellisdb.coordination.metadata.SerialTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, in order, on the executor that the environment gives. Guarded by itself. */
final class RoleListeners {
    private static final Logger LOG = LoggerFactory.getLogger(RoleListeners.class);

    private final Executor executor;
    private final SerialTasks tasks;
    private final Set<RoleListener> listeners = new LinkedHashSet<>();
    private Optional<Epoch> reigning = Optional.empty();
    private Optional<LeaderInfo> leader = Optional.empty();

    RoleListeners(Executor executor) {
        this.executor = executor;
        this.tasks = new SerialTasks(executor);
    }

    synchronized Registration add(RoleListener listener) {
        listeners.add(listener);
        reigning.ifPresent(epoch -> tasks.add(() -> listener.onActivate(epoch)));
        if (leader.isPresent()) {
            Optional<LeaderInfo> known = leader;
            tasks.add(() -> listener.onLeaderChanged(known));
        }
        return () -> remove(listener);
    }

    synchronized void activate(Epoch epoch) {
        reigning = Optional.of(epoch);
        tellAll(listener -> listener.onActivate(epoch));
    }

    /** Tells of a change; the same leader again is none. */
    synchronized boolean leaderIs(Optional<LeaderInfo> now) {
        if (now.equals(leader)) {
            return false;
        }
        leader = now;
        tellAll(listener -> listener.onLeaderChanged(now));
        return true;
    }

    /** @param onDone called when all listeners have ended what they did as master */
    synchronized void demote(Epoch epoch, DemoteReason reason, Duration budget, Runnable onDone) {
        reigning = Optional.empty();
        if (listeners.isEmpty()) {
            onDone.run();
            return;
        }
        tellAll(listener -> listener.onDemote(epoch, reason, budget));
        tasks.add(onDone);
    }

    /** Beside the order of everything else, which a blocked listener may hold up. */
    synchronized void fatal(FatalReason reason, String explanation) {
        for (RoleListener listener : listeners) {
            executor.execute(() -> {
                try {
                    listener.onFatal(reason, explanation);
                } catch (RuntimeException e) {
                    LOG.error("coordination listener failed", e);
                }
            });
        }
    }

    private void tellAll(Consumer<RoleListener> message) {
        List<RoleListener> all = new ArrayList<>(listeners);
        all.forEach(listener -> tasks.add(() -> message.accept(listener)));
    }

    private synchronized void remove(RoleListener listener) {
        listeners.remove(listener);
    }
}
