package io.trellisdb.storage.engine;

import io.trellisdb.storage.journal.FileJournal;
import io.trellisdb.storage.table.TableStore;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps short what an opening would have to read again: remembers how far partitions were applied at some positions of the
 * journal, and lets rows from before be sealed once the journal has grown by so much behind them. Safe everywhere.
 */
final class ReplayBound {
    /** Positions that are remembered over the bounded length. */
    private static final int STEPS = 8;

    private final FileJournal journal;
    private final TableStore tables;
    private final long maxBytes;
    /** Guarded by this. */
    private final Deque<Mark> marks = new ArrayDeque<>();

    private volatile long nextPosition;

    private record Mark(long position, long[] appliedLsns) {}

    ReplayBound(FileJournal journal, TableStore tables, long maxBytes) {
        this.journal = journal;
        this.tables = tables;
        this.maxBytes = maxBytes;
        // what was replayed may be as old as the journal reaches back
        long end = journal.endPosition();
        marks.add(new Mark(end - journal.sizeBytes(), tables.appliedLsns()));
        nextPosition = end;
    }

    /** Called when entries were applied; cheap while the journal has grown little. */
    void look() {
        long end = journal.endPosition();
        if (end < nextPosition) {
            return;
        }
        synchronized (this) {
            if (end < nextPosition) {
                return;
            }
            nextPosition = end + Math.max(1, maxBytes / STEPS);
            marks.addLast(new Mark(end, tables.appliedLsns()));
            long[] old = null;
            while (!marks.isEmpty() && marks.getFirst().position() <= end - maxBytes) {
                old = marks.removeFirst().appliedLsns();
            }
            if (old != null) {
                tables.sealThrough(old);
            }
        }
    }
}
