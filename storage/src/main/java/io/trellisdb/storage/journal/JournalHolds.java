package io.trellisdb.storage.journal;

import io.trellisdb.storage.JournalHold;
import java.util.LinkedHashSet;
import java.util.Set;

/** The holds on a journal's entries. Safe for all threads. */
final class JournalHolds {
    private final Set<Hold> holds = new LinkedHashSet<>();

    private final class Hold implements JournalHold {
        private final int partition;
        private final long maxBytes;
        private long fromLsn;
        private boolean isLapsed;

        Hold(int partition, long fromLsn, long maxBytes) {
            this.partition = partition;
            this.fromLsn = fromLsn;
            this.maxBytes = maxBytes;
        }

        @Override
        public long fromLsn() {
            synchronized (JournalHolds.this) {
                return fromLsn;
            }
        }

        @Override
        public void advance(long lsn) {
            synchronized (JournalHolds.this) {
                fromLsn = Math.max(fromLsn, lsn);
            }
        }

        @Override
        public boolean isLapsed() {
            synchronized (JournalHolds.this) {
                return isLapsed;
            }
        }

        @Override
        public void close() {
            synchronized (JournalHolds.this) {
                holds.remove(this);
            }
        }
    }

    synchronized JournalHold add(int partition, long fromLsn, long maxBytes) {
        Hold hold = new Hold(partition, fromLsn, maxBytes);
        holds.add(hold);
        return hold;
    }

    /** What of these covered LSNs, one per partition, nobody holds; holds that the journal has outgrown lapse. */
    synchronized long[] released(long[] coveredLsns, long journalBytes) {
        holds.removeIf(hold -> {
            hold.isLapsed = journalBytes > hold.maxBytes;
            return hold.isLapsed;
        });
        long[] released = coveredLsns.clone();
        for (Hold hold : holds) {
            released[hold.partition] = Math.min(released[hold.partition], hold.fromLsn - 1);
        }
        return released;
    }
}
