package io.trellisdb.server.node;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that run statements, with a bounded queue before them. Never interrupted. */
final class StatementWorkers implements Executor, AutoCloseable {
    private static final int LEAST_THREADS = 4;
    /** Parsing and planning descend as deep as a statement nests. */
    private static final long STACK_BYTES = 8L << 20;
    /** How long stopping waits for statements that do not end although they were asked to. */
    private static final long STOP_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(StatementWorkers.class);

    private final ThreadPoolExecutor executor;

    /** @param threads 0 for twice the processors */
    StatementWorkers(int threads, int queue) {
        int count = threads > 0
                ? threads
                : Math.max(LEAST_THREADS, 2 * Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        this.executor =
                new ThreadPoolExecutor(count, count, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(queue), task -> {
                    String name = "trellis-statement-" + number.incrementAndGet();
                    Thread thread = new Thread(null, task, name, STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    int threads() {
        return executor.getMaximumPoolSize();
    }

    int running() {
        return executor.getActiveCount();
    }

    int waiting() {
        return executor.getQueue().size();
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("statements did not end when the node stopped: {}", executor.getActiveCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
