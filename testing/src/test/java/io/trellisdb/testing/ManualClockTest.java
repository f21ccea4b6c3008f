package io.trellisdb.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ManualClockTest {
    private final ManualClock clock = new ManualClock(Instant.EPOCH);

    @Test
    void bothTimesAdvanceTogether() {
        clock.advance(Duration.ofMillis(1500));

        assertEquals(1_500_000_000L, clock.nanoTime());
        assertEquals(1500, clock.epochMillis());
    }

    @Test
    void timeOfDayJumpsWithoutMovingMonotonicTime() {
        clock.advance(Duration.ofSeconds(10));
        clock.jumpTo(Instant.EPOCH);

        assertEquals(10_000_000_000L, clock.nanoTime());
        assertEquals(Instant.EPOCH, clock.now());
    }

    @Test
    void timeNeverGoesBack() {
        assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofNanos(-1)));
    }
}
