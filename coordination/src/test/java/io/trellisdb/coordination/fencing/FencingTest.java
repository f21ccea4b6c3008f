package io.trellisdb.coordination.fencing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.FencingResult;
import io.trellisdb.coordination.FencingResult.Failure;
import io.trellisdb.coordination.NodeId;
import io.trellisdb.coordination.fencing.EpochTable.Written;
import io.trellisdb.testing.ManualClock;
import io.trellisdb.testing.vfs.MemoryVfs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** F26: every way in which fencing an epoch can go. */
final class FencingTest {
    private static final NodeId SELF = new NodeId(new UUID(1, 1), 1);
    private static final NodeId OTHER = new NodeId(new UUID(2, 2), 1);

    private final ManualClock clock = new ManualClock();
    private final HighestEpochFile highest = HighestEpochFile.open(new MemoryVfs());
    private final Table table = new Table();
    private final List<Duration> pauses = new ArrayList<>();
    private boolean goesOn = true;

    @Test
    void firstEpochIsOneAndLaterOnesFollow() {
        assertEquals(1, fence().epoch().orElseThrow().number());
        assertEquals(2, fence().epoch().orElseThrow().number());
        assertEquals(2, highest.read());
    }

    @Test
    void epochsHaveHolesWithoutHarm() {
        table.put(row(7, 3, OTHER, 9));

        FencingResult result = fence();

        assertEquals(8, result.epoch().orElseThrow().number());
        assertEquals(7, table.last().orElseThrow().previous());
    }

    @Test
    void takenEpochIsFinal() {
        table.then(Written.TAKEN);

        FencingResult result = fence();

        assertEquals(Failure.CONFLICT, result.failure());
        assertEquals(1, result.attempts());
        assertTrue(pauses.isEmpty());
    }

    @Test
    void unknownOutcomeThatWasMineIsConfirmedUnderTheSameEpoch() {
        table.thenUnknown(true);

        FencingResult result = fence();

        assertEquals(1, result.epoch().orElseThrow().number());
        assertEquals(2, result.attempts());
        assertEquals(1, table.last().orElseThrow().confirmations());
    }

    @Test
    void unknownOutcomeThatVanishedIsTriedAgain() {
        table.thenUnknown(false);

        assertEquals(1, fence().epoch().orElseThrow().number());
        assertEquals(0, table.last().orElseThrow().confirmations());
    }

    @Test
    void unknownOutcomeOverwrittenByAnotherNodeCountsAsAnAttempt() {
        table.thenUnknown(false);
        table.beforeNext(() -> table.put(row(1, 0, OTHER, 5)));

        FencingResult result = fence();

        assertEquals(2, result.epoch().orElseThrow().number());
        assertEquals(2, result.attempts());
    }

    @Test
    void threeAttemptsHaveTwoPausesAndThenItIsOver() {
        table.then(Written.NOT_APPLIED).then(Written.NOT_APPLIED).then(Written.NOT_APPLIED);

        FencingResult result = fence();

        assertEquals(Failure.ATTEMPTS_EXHAUSTED, result.failure());
        assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1)), pauses);
        assertEquals(Duration.ofMillis(1_500), result.elapsed());
    }

    @Test
    void pausesGrowToTheirCapAndNoFurther() {
        FencingSettings settings =
                new FencingSettings(9, Duration.ofMillis(500), 2, Duration.ofSeconds(2), Duration.ofMinutes(1));

        assertEquals(Duration.ofSeconds(2), settings.pause(4, 0.5));
        assertEquals(Duration.ofSeconds(2), settings.pause(9, 1));
        assertEquals(Duration.ofMillis(400), settings.pause(2, 0));
    }

    @Test
    void deadlineEndsTheAttempts() {
        table.then(Written.NOT_APPLIED);
        FencingSettings hasty =
                new FencingSettings(3, Duration.ofMillis(500), 2, Duration.ofSeconds(2), Duration.ofMillis(400));

        assertEquals(Failure.STOPPED, fencing(hasty).fence(table).failure());
    }

    @Test
    void nodeThatIsNoLongerElectedStops() {
        table.then(Written.NOT_APPLIED);
        goesOn = false;

        assertEquals(Failure.STOPPED, fence().failure());
        table.then(Written.NOT_LEADER);
        assertEquals(Failure.NOT_LEADER, fence().failure());
    }

    @Test
    void epochsThatWentBackAreDamage() {
        highest.raise(5);

        FencingResult result = fence();

        assertEquals(Failure.DAMAGED, result.failure());
        assertTrue(table.last().isEmpty());
    }

    @Test
    void damagedRowIsNeverPassedOver() {
        byte[] bytes = row(3, 2, OTHER, 1).encode();
        bytes[12] ^= 1;

        TrellisException damage = assertThrows(TrellisException.class, () -> EpochRow.decode(3, bytes));

        assertEquals(ErrorCode.DATA_CORRUPTED, damage.code());
        assertThrows(
                TrellisException.class,
                () -> EpochRow.decode(4, row(3, 2, OTHER, 1).encode()));
        assertThrows(TrellisException.class, () -> EpochRow.decode(3, new byte[2]));
    }

    @Test
    void rowsSurviveEncoding() {
        EpochRow row = row(9, 4, SELF, 77).confirmed();

        assertEquals(row, EpochRow.decode(9, row.encode()));
        assertTrue(row.isOf(new UUID(0, 77)));
        assertFalse(row.isOf(new UUID(0, 78)));
    }

    private FencingResult fence() {
        return fencing(FencingSettings.DEFAULT).fence(table);
    }

    private Fencing fencing(FencingSettings settings) {
        return new Fencing(
                SELF,
                "self",
                settings,
                new Fencing.Surroundings(
                        clock, clock, () -> new UUID(0, ++table.nonces), () -> 0.5, this::pause, highest));
    }

    private boolean pause(Duration duration) {
        pauses.add(duration);
        clock.advance(duration);
        return goesOn;
    }

    private static EpochRow row(long number, long previous, NodeId leader, long nonce) {
        return new EpochRow(
                new Epoch(number, leader, new UUID(0, nonce)), previous, "group", Instant.ofEpochMilli(1_000), 0);
    }

    /** A table whose next writes go as the test says, and whose later ones succeed. */
    private static final class Table implements EpochTable {
        private final TreeMap<Long, EpochRow> rows = new TreeMap<>();
        private final Queue<Written> planned = new ArrayDeque<>();
        private final Queue<Boolean> survivals = new ArrayDeque<>();
        private Runnable beforeNext = () -> {};
        private long nonces = 1_000;

        Table then(Written written) {
            planned.add(written);
            return this;
        }

        void thenUnknown(boolean survives) {
            planned.add(Written.UNKNOWN);
            survivals.add(survives);
        }

        /** Happens after the next write. */
        void beforeNext(Runnable action) {
            beforeNext = action;
        }

        void put(EpochRow row) {
            rows.put(row.number(), row);
        }

        @Override
        public Optional<EpochRow> last() {
            return rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(rows.lastEntry().getValue());
        }

        @Override
        public Written add(EpochRow row) {
            if (rows.containsKey(row.number())) {
                return Written.TAKEN;
            }
            return write(row);
        }

        @Override
        public Written confirm(EpochRow row) {
            return write(row);
        }

        private Written write(EpochRow row) {
            Written written = planned.isEmpty() ? Written.DONE : planned.remove();
            boolean survives = written == Written.UNKNOWN && survivals.remove();
            if (written == Written.DONE || survives) {
                put(row);
            }
            beforeNext.run();
            beforeNext = () -> {};
            return written;
        }
    }
}
