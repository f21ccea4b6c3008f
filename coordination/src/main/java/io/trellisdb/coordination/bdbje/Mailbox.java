package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.time.NanoClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What one of the node's own threads has still to look at. Any thread may put; one takes. An interrupt of the taking thread is
 * swallowed on purpose: it must not reach JE, which would break the environment, and nobody has a reason to interrupt it.
 */
final class Mailbox<T> {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NanoClock clock;
    private final Queue<T> waiting = new ArrayDeque<>();
    private boolean isNudged;

    Mailbox(NanoClock clock) {
        this.clock = clock;
    }

    synchronized void put(T message) {
        waiting.add(message);
        notifyAll();
    }

    /** Ends the present or next wait, without a message. */
    synchronized void nudge() {
        isNudged = true;
        notifyAll();
    }

    synchronized int size() {
        return waiting.size();
    }

    /** All messages, after waiting for the first one, a nudge or the end of the time. */
    synchronized List<T> takeAll(long timeoutNanos) {
        long deadline = clock.nanoTime() + timeoutNanos;
        long left = timeoutNanos;
        while (waiting.isEmpty() && !isNudged && left > 0) {
            try {
                wait(Math.max(1, left / NANOS_PER_MILLI));
            } catch (InterruptedException e) {
                isNudged = true;
            }
            left = deadline - clock.nanoTime();
        }
        isNudged = false;
        List<T> taken = new ArrayList<>(waiting);
        waiting.clear();
        return taken;
    }
}
