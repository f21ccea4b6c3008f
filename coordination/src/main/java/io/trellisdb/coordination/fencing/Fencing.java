package io.trellisdb.coordination.fencing;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.FencingResult;
import io.trellisdb.coordination.FencingResult.Failure;
import io.trellisdb.coordination.NodeId;
import io.trellisdb.coordination.fencing.EpochTable.Written;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Fences epochs for one node; see the package documentation. Confined to one thread. */
public final class Fencing {
    private final NodeId self;
    private final String groupName;
    private final FencingSettings settings;
    private final Surroundings surroundings;

    /**
     * What the procedure needs of the world.
     *
     * @param random between 0 and 1, spreads the pauses
     */
    public record Surroundings(
            NanoClock nanoClock,
            WallClock wallClock,
            Supplier<UUID> nonces,
            DoubleSupplier random,
            Pause pause,
            HighestEpoch highest) {}

    /** Waits between attempts. */
    @FunctionalInterface
    public interface Pause {
        /** Whether to go on afterwards; false as soon as the attempt has become pointless. */
        boolean take(Duration duration);
    }

    /** The highest epoch that this node has ever seen, kept durably. */
    public interface HighestEpoch {
        long read();

        /** Returns when the epoch is durable; a lower one changes nothing. */
        void raise(long epoch);
    }

    public Fencing(NodeId self, String groupName, FencingSettings settings, Surroundings surroundings) {
        this.self = self;
        this.groupName = groupName;
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /** Tries to write a new epoch. Blocks for the deadline at most, and the last write beyond it. */
    public FencingResult fence(EpochTable table) {
        long start = surroundings.nanoClock().nanoTime();
        UUID nonce = surroundings.nonces().get();
        int attempt = 0;
        try {
            while (true) {
                attempt++;
                Optional<EpochRow> last = checkedLast(table);
                EpochRow row = last.filter(known -> known.isOf(nonce)).orElseGet(() -> next(last, nonce));
                Written written = last.filter(known -> known.isOf(nonce)).isPresent()
                        ? table.confirm(row.confirmed())
                        : table.add(row);
                if (written == Written.DONE) {
                    surroundings.highest().raise(row.number());
                    return new FencingResult(row.epoch(), attempt, since(start), null);
                }
                if (written == Written.TAKEN || written == Written.NOT_LEADER) {
                    Failure failure = written == Written.TAKEN ? Failure.CONFLICT : Failure.NOT_LEADER;
                    return new FencingResult(null, attempt, since(start), failure);
                }
                if (attempt == settings.attempts()) {
                    return new FencingResult(null, attempt, since(start), Failure.ATTEMPTS_EXHAUSTED);
                }
                Duration pause =
                        settings.pause(attempt + 1, surroundings.random().getAsDouble());
                boolean inTime = since(start).plus(pause).compareTo(settings.deadline()) < 0;
                if (!inTime || !surroundings.pause().take(pause)) {
                    return new FencingResult(null, attempt, since(start), Failure.STOPPED);
                }
            }
        } catch (TrellisException e) {
            return new FencingResult(null, attempt, since(start), Failure.DAMAGED);
        }
    }

    private EpochRow next(Optional<EpochRow> last, UUID nonce) {
        long previous = last.map(EpochRow::number).orElse(0L);
        Epoch epoch = new Epoch(previous + 1, self, nonce);
        return new EpochRow(epoch, previous, groupName, surroundings.wallClock().now(), 0);
    }

    private Optional<EpochRow> checkedLast(EpochTable table) {
        Optional<EpochRow> last = table.last();
        long number = last.map(EpochRow::number).orElse(0L);
        long highest = surroundings.highest().read();
        if (number < highest) {
            throw HighestEpochFile.contradiction(number, highest);
        }
        return last;
    }

    private Duration since(long start) {
        return Duration.ofNanos(surroundings.nanoClock().nanoTime() - start);
    }
}
