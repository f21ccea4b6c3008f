package io.trellisdb.storage.journal;

/** A segment file as the journal knows it in memory. Written by one thread, then handed over under the journal's lock. */
public final class Segment {
    private final long base;
    private final long[] lastLsns;
    private long end;

    Segment(long base, int partitionCount) {
        this.base = base;
        this.end = base + SegmentFormat.HEAD_LENGTH;
        this.lastLsns = new long[partitionCount];
    }

    String name() {
        return SegmentFormat.name(base);
    }

    long base() {
        return base;
    }

    /** The position behind its last byte. */
    long end() {
        return end;
    }

    void end(long newEnd) {
        end = newEnd;
    }

    boolean isEmpty() {
        return end == base + SegmentFormat.HEAD_LENGTH;
    }

    /** Notes that an entry lies here. */
    void holds(int partition, long lsn) {
        lastLsns[partition] = Math.max(lastLsns[partition], lsn);
    }

    /** What it has of a partition is of no use any more. */
    void forget(int partition) {
        lastLsns[partition] = 0;
    }

    /** The highest LSN of a partition in it; 0 when it has none. */
    long lastLsn(int partition) {
        return lastLsns[partition];
    }

    /** Whether every entry in it has at most the LSN given for its partition. */
    boolean isCovered(long[] lsns) {
        for (int partition = 0; partition < lastLsns.length; partition++) {
            if (lastLsns[partition] > lsns[partition]) {
                return false;
            }
        }
        return true;
    }
}
