package io.trellisdb.server.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log, once each time, when free disk space falls below a mark or is enough again. It refuses nothing: the store
 * does, by itself, while less than the reserve is free.
 */
final class DiskWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final long MIB = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

    private final LongSupplier space;
    private final long warningBytes;
    private final long reserveBytes;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long freeBytes = Long.MAX_VALUE;
    private volatile Level level = Level.ENOUGH;
    private @Nullable Thread thread;

    /** How much room there is, most first. */
    enum Level {
        ENOUGH(0),
        /** Below the warning's mark. */
        LOW(1),
        /** Below the reserve: writes are refused. */
        FULL(2);

        private final int severity;

        Level(int severity) {
            this.severity = severity;
        }

        /** What the metric shows. */
        int severity() {
            return severity;
        }
    }

    /** @param space the bytes that are free; asked by the watch's thread */
    DiskWatch(LongSupplier space, long warningBytes, long reserveBytes) {
        this.space = space;
        this.warningBytes = Math.max(warningBytes, reserveBytes);
        this.reserveBytes = reserveBytes;
    }

    /** Looks once now and then every second, on a thread of its own. */
    void start() {
        look();
        Thread watching = new Thread(this::watch, "trellis-disk-watch");
        watching.setDaemon(true);
        watching.start();
        thread = watching;
    }

    private void watch() {
        try {
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        long free = space.getAsLong();
        Level now = free < reserveBytes ? Level.FULL : free < warningBytes ? Level.LOW : Level.ENOUGH;
        Level before = level;
        freeBytes = free;
        level = now;
        if (now == before) {
            return;
        }
        String figures = free / MIB + " MiB are free, storage.diskWarning is " + warningBytes / MIB
                + " MiB, storage.diskReserve " + reserveBytes / MIB + " MiB";
        switch (now) {
            case ENOUGH -> LOG.info("disk has enough room again: {}", figures);
            case LOW -> LOG.warn("disk is filling up: {}", figures);
            case FULL -> LOG.error("disk is too full, writes are refused until there is room: {}", figures);
        }
    }

    /** What was free at the last look. */
    long freeBytes() {
        return freeBytes;
    }

    Level level() {
        return level;
    }

    @Override
    public void close() {
        closing.countDown();
        Thread watching = thread;
        if (watching == null) {
            return;
        }
        try {
            watching.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
