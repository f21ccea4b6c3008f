package io.trellisdb.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time, the queue of what happens, and where chance comes from. */
final class World {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    final SplittableRandom network;
    final SplittableRandom disk;
    final SplittableRandom nemesis;
    final SplittableRandom workload;
    final SplittableRandom master;

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long now;
    private long sequence;
    private long hash;

    private record Event(long time, long sequence, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** One sequence per concern: one more draw in one of them does not shift the others. */
    World(SplittableRandom seed) {
        this.network = seed.split();
        this.disk = seed.split();
        this.nemesis = seed.split();
        this.workload = seed.split();
        this.master = seed.split();
    }

    long now() {
        return now;
    }

    void after(long nanos, Runnable action) {
        queue.add(new Event(now + Math.max(0, nanos), sequence++, action));
    }

    /** Runs the next event; false when it is later than {@code end}. */
    boolean step(long end) {
        Event next = queue.peek();
        if (next == null || next.time() > end) {
            now = end;
            return false;
        }
        queue.remove();
        now = next.time();
        note(now);
        next.action().run();
        return true;
    }

    /** Makes a fact part of the run's hash. */
    void note(long fact) {
        long mixed = (hash ^ fact) * 0x9E3779B97F4A7C15L;
        hash = mixed ^ (mixed >>> 29);
    }

    long hash() {
        return hash;
    }

    static boolean chance(SplittableRandom random, double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }
}
