package io.trellisdb.coordination;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs listeners when the test says so. */
public final class EventQueue implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs everything that waits, and what comes of it. */
    public void runAll() {
        Runnable task = next();
        while (task != null) {
            task.run();
            task = next();
        }
    }

    private synchronized Runnable next() {
        return tasks.poll();
    }
}
