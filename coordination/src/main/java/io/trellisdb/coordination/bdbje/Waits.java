package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.time.NanoClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits of API callers. An interrupt does not end them, since what they wait for goes on anyway; its flag is restored. */
final class Waits {
    private Waits() {}

    /** Returns whether the caller was interrupted meanwhile, without restoring the flag. */
    static boolean untilOpen(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** The future's value; its failure when that is unchecked. */
    static <T> T forValue(CompletableFuture<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /** Whether the future is done within a time. */
    static boolean isDoneWithin(CompletableFuture<?> future, NanoClock clock, long nanos) {
        boolean interrupted = false;
        long deadline = clock.nanoTime() + nanos;
        try {
            while (true) {
                try {
                    future.get(Math.max(0, deadline - clock.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    return false;
                } catch (ExecutionException e) {
                    return true;
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    private static RuntimeException unchecked(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
