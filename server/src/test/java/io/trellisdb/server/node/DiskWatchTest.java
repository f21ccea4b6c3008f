package io.trellisdb.server.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DiskWatchTest {
    private final AtomicLong free = new AtomicLong(1_000);

    @Test
    void levelFollowsTheFreeSpaceDownAndUp() {
        DiskWatch watch = new DiskWatch(free::get, 500, 100);

        assertEquals(DiskWatch.Level.ENOUGH, levelAt(watch, 500));
        assertEquals(DiskWatch.Level.LOW, levelAt(watch, 499));
        assertEquals(DiskWatch.Level.LOW, levelAt(watch, 100));
        assertEquals(DiskWatch.Level.FULL, levelAt(watch, 99));
        assertEquals(DiskWatch.Level.ENOUGH, levelAt(watch, 1_000));
        assertEquals(1_000, watch.freeBytes());
    }

    @Test
    void warningBelowTheReserveCountsAsTheReserve() {
        DiskWatch watch = new DiskWatch(free::get, 0, 100);

        assertEquals(DiskWatch.Level.ENOUGH, levelAt(watch, 100));
        assertEquals(DiskWatch.Level.FULL, levelAt(watch, 99));
    }

    @Test
    void firstLookIsBeforeTheThreads() {
        free.set(99);
        try (DiskWatch watch = new DiskWatch(free::get, 500, 100)) {
            watch.start();

            assertEquals(DiskWatch.Level.FULL, watch.level());
        }
    }

    private DiskWatch.Level levelAt(DiskWatch watch, long bytes) {
        free.set(bytes);
        watch.look();
        return watch.level();
    }
}
