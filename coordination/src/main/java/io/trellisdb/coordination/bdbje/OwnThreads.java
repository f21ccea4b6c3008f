package io.trellisdb.coordination.bdbje;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's own threads: named, daemons, never interrupted. Guarded by itself. */
final class OwnThreads {
    private static final Logger LOG = LoggerFactory.getLogger(OwnThreads.class);

    private final List<CountDownLatch> running = new ArrayList<>();
    private final String node;

    OwnThreads(String node) {
        this.node = node;
    }

    synchronized void start(String name, Runnable body) {
        CountDownLatch ended = new CountDownLatch(1);
        running.removeIf(latch -> latch.getCount() == 0);
        running.add(ended);
        Thread thread = new Thread(() -> run(name, body, ended), "coordination-" + name + "-" + node);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until all threads have ended; the caller's interrupt is kept for it. */
    void join() {
        List<CountDownLatch> all;
        synchronized (this) {
            all = List.copyOf(running);
        }
        boolean interrupted = false;
        for (CountDownLatch each : all) {
            interrupted |= Waits.untilOpen(each);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String name, Runnable body, CountDownLatch ended) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            LOG.error("thread of coordination ended by a failure: {}", name, e);
        } finally {
            ended.countDown();
        }
    }
}
