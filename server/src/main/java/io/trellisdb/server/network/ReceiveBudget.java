package io.trellisdb.server.network;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for requests, given back when they have been run. Large frames take theirs as a whole when the length is known, and
 * wait where there is none; small ones only count, and make their connections stop earlier. Safe for all threads.
 */
final class ReceiveBudget {
    private final AtomicLong free;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    ReceiveBudget(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** Takes the bytes, or takes nothing and calls {@code retry} once, on any thread, when it may be tried again. */
    boolean take(int bytes, Runnable retry) {
        if (tryTake(bytes)) {
            return true;
        }
        waiting.add(retry);
        // Perhaps all was given back before the waiter was there: then nobody else would call it.
        if (free.get() >= bytes && waiting.remove(retry)) {
            retry.run();
        }
        return false;
    }

    private boolean tryTake(int bytes) {
        long now = free.get();
        while (now >= bytes) {
            if (free.compareAndSet(now, now - bytes)) {
                return true;
            }
            now = free.get();
        }
        return false;
    }

    /** Takes the bytes even when they are not there: they have been used already. */
    void force(int bytes) {
        free.addAndGet(-bytes);
    }

    void giveBack(int bytes) {
        if (free.addAndGet(bytes) <= 0 || waiting.isEmpty()) {
            return;
        }
        // Only those who wait now: whoever fails again joins behind them.
        for (int left = waiting.size(); left > 0; left--) {
            Runnable retry = waiting.poll();
            if (retry == null) {
                return;
            }
            retry.run();
        }
    }

    /** Whether more is in use than there should be. */
    boolean isExhausted() {
        return free.get() <= 0;
    }

    long freeBytes() {
        return free.get();
    }
}
