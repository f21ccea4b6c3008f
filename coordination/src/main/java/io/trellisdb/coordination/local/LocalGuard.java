package io.trellisdb.coordination.local;

import io.trellisdb.coordination.CoordinationException;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.LeadershipGuard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Valid until the service closes or fails: nobody else can become master of a lone node. Any thread may call it. */
final class LocalGuard implements LeadershipGuard {
    private final Epoch epoch;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();

    LocalGuard(Epoch epoch) {
        this.epoch = epoch;
    }

    @Override
    public Epoch epoch() {
        return epoch;
    }

    @Override
    public boolean isValid() {
        return !lost.isDone();
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
        return isValid() ? ChronoUnit.FOREVER.getDuration() : Duration.ZERO;
    }

    @Override
    public CompletionStage<Void> lost() {
        return lost.minimalCompletionStage();
    }

    void lose() {
        lost.complete(null);
    }
}
