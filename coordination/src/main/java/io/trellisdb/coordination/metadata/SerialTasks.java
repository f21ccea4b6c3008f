package io.trellisdb.coordination.metadata;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks on an executor in the order of their arrival, one at a time. Any thread may add. */
public final class SerialTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    private final Executor executor;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    public SerialTasks(Executor executor) {
        this.executor = executor;
    }

    /** Adds a task. One that throws is logged; the next still runs. */
    public void add(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::runAll);
    }

    private void runAll() {
        Runnable task = next();
        while (task != null) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("coordination listener failed", e);
            }
            task = next();
        }
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        }
    }
}
