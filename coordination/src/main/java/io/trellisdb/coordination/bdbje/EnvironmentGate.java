package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.DatabaseException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets the node's threads use the environment while it is open, and lets the supervisor wait until nobody does. Guarded by its
 * lock, which nobody takes interruptibly.
 */
final class EnvironmentGate {
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final BiConsumer<GroupEnvironment, RuntimeException> onFailure;
    private @Nullable GroupEnvironment open;

    /** @param onFailure hears of an exception that came with a broken environment; must only enqueue */
    EnvironmentGate(BiConsumer<GroupEnvironment, RuntimeException> onFailure) {
        this.onFailure = onFailure;
    }

    /** Runs with the open environment; empty when there is none, when it just broke, or when the work gives nothing. */
    <T> Optional<T> use(Function<GroupEnvironment, @Nullable T> work) {
        gate.readLock().lock();
        try {
            GroupEnvironment mine = open;
            return mine == null ? Optional.empty() : guarded(mine, work);
        } finally {
            gate.readLock().unlock();
        }
    }

    void set(GroupEnvironment environment) {
        gate.writeLock().lock();
        try {
            open = environment;
        } finally {
            gate.writeLock().unlock();
        }
    }

    /** Waits until nobody uses the environment, and keeps everybody out from then on. */
    @Nullable
    GroupEnvironment take() {
        gate.writeLock().lock();
        try {
            GroupEnvironment mine = open;
            open = null;
            return mine;
        } finally {
            gate.writeLock().unlock();
        }
    }

    private <T> Optional<T> guarded(GroupEnvironment mine, Function<GroupEnvironment, @Nullable T> work) {
        Optional<T> result;
        try {
            result = Optional.ofNullable(work.apply(mine));
        } catch (DatabaseException | IllegalStateException e) {
            if (!JeErrors.isPassing(e)) {
                onFailure.accept(mine, e);
            }
            return Optional.empty();
        }
        if (!mine.environment().isValid()) {
            DatabaseException cause = mine.environment().getInvalidatingException();
            onFailure.accept(mine, cause == null ? new IllegalStateException("environment is closed") : cause);
        }
        return result;
    }
}
