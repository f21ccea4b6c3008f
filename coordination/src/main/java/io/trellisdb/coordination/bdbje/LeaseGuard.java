package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.coordination.CoordinationException;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.LeadershipGuard;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Valid while the lease lasts and nobody has ended it. Once over, it stays over. Any thread may call it; guarded by itself. */
final class LeaseGuard implements LeadershipGuard {
    private final Epoch epoch;
    private final NanoClock clock;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private long end;
    private boolean isOver;

    LeaseGuard(Epoch epoch, NanoClock clock, long end) {
        this.epoch = epoch;
        this.clock = clock;
        this.end = end;
    }

    @Override
    public Epoch epoch() {
        return epoch;
    }

    @Override
    public boolean isValid() {
        return remainingNanos() > 0;
    }

    @Override
    public void check() {
        if (!isValid()) {
            throw new CoordinationException(
                    CoordinationException.Kind.LEADERSHIP_LOST, "leadership is over: epoch " + epoch.number(), null);
        }
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    @Override
    public CompletionStage<Void> lost() {
        return lost.minimalCompletionStage();
    }

    /** A renewal that began {@code duration} before {@code newEnd} was acknowledged. Too late is too late. */
    synchronized void extend(long newEnd) {
        if (!isOver && end - clock.nanoTime() > 0 && newEnd - end > 0) {
            end = newEnd;
        }
    }

    /** Ends it, if it has not ended. */
    void lose() {
        synchronized (this) {
            isOver = true;
        }
        lost.complete(null);
    }

    synchronized long remainingNanos() {
        return isOver ? 0 : end - clock.nanoTime();
    }
}
