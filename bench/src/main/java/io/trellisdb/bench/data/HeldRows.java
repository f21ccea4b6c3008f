package io.trellisdb.bench.data;

import java.util.PriorityQueue;

/** Rows that arrive later, in order of their moment of arrival; equal moments keep their order. */
final class HeldRows {
    private final PriorityQueue<Held> queue = new PriorityQueue<>();
    private long nextNumber;

    private record Held(long dueMillis, long number, CpuRow row) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            int byTime = Long.compare(dueMillis, other.dueMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    void hold(CpuRow row, long dueMillis) {
        queue.add(new Held(dueMillis, nextNumber++, row));
    }

    boolean isDue(long nowMillis) {
        Held first = queue.peek();
        return first != null && first.dueMillis <= nowMillis;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** The earliest. */
    CpuRow release() {
        return queue.remove().row();
    }
}
