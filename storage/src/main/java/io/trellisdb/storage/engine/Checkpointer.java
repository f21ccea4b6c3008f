package io.trellisdb.storage.engine;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.NodeStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls {@link NodeStore#checkpoint} when the journal has grown or time has passed, so that it stays short,
 * and sweeps up behind dropped containers.
 */
public final class Checkpointer implements AutoCloseable {
    /** A journal that has grown by so much is worth a checkpoint: replaying it takes seconds. */
    public static final long DEFAULT_BYTES = 256L * 1024 * 1024;

    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    /** Keys of dropped containers removed at each look: some hundredths of a core. */
    private static final int SWEEP_KEYS = 10_000;

    private final NodeStore store;
    private final NanoClock clock;
    private final long bytes;
    private final Duration interval;
    private final Consumer<RuntimeException> failures;
    private final CountDownLatch closing = new CountDownLatch(1);

    private final Thread thread;
    /** Confined to the thread. */
    private long lastNanos;

    private long lastSize;

    /**
     * @param bytes growth of the journal that asks for a checkpoint
     * @param interval time after which there is one if anything was appended
     * @param failures hears of a failed checkpoint, after which there are no more
     */
    public Checkpointer(
            NodeStore store, NanoClock clock, long bytes, Duration interval, Consumer<RuntimeException> failures) {
        this.store = store;
        this.clock = clock;
        this.bytes = bytes;
        this.interval = interval;
        this.failures = failures;
        this.lastNanos = clock.nanoTime();
        this.lastSize = store.journal().sizeBytes();
        this.thread = new Thread(this::run, "trellis-checkpointer");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (awaitLook()) {
                lookAround();
            }
        } catch (RuntimeException e) {
            failures.accept(e);
        }
    }

    private boolean awaitLook() {
        try {
            return !closing.await(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void lookAround() {
        store.sweep(SWEEP_KEYS);
        long size = store.journal().sizeBytes();
        long grown = size - lastSize;
        boolean isOld = clock.nanoTime() - lastNanos >= interval.toNanos();
        if (grown >= bytes || grown != 0 && isOld) {
            store.checkpoint();
            lastNanos = clock.nanoTime();
            lastSize = store.journal().sizeBytes();
        }
    }

    /** Stops after a checkpoint that is under way. Must be called before the store is closed. */
    @Override
    public void close() {
        closing.countDown();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
