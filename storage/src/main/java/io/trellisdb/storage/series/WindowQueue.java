package io.trellisdb.storage.series;

import org.jspecify.annotations.Nullable;

/**
 * The windows of a partition that hold rows, by the position in the log of their oldest change: the first one says from where
 * the log would have to be read again. A list through the series themselves. Confined to the partition's writer thread.
 */
public final class WindowQueue {
    private final WindowMemory memory;
    private @Nullable Series first;
    private @Nullable Series last;
    private long bytes;

    public WindowQueue(WindowMemory memory) {
        this.memory = memory;
    }

    /** The series whose window has the oldest change; null when all are empty. */
    public @Nullable Series first() {
        return first;
    }

    /** Bytes of heap of all windows, about. */
    public long bytes() {
        return bytes;
    }

    /** Takes note of a window that was changed. */
    void changed(Series series) {
        long now = series.windowBytes();
        if (now != series.countedBytes) {
            memory.add(now - series.countedBytes);
            bytes += now - series.countedBytes;
            series.countedBytes = now;
        }
        boolean isEmpty = series.windowSize() == 0;
        if (series.isQueued && (isEmpty || series.queuedLsn != series.firstLsn)) {
            unlink(series);
        }
        if (!isEmpty && !series.isQueued) {
            append(series);
        }
    }

    /** Forgets a series that is thrown away. */
    void forget(Series series) {
        memory.add(-series.countedBytes);
        bytes -= series.countedBytes;
        series.countedBytes = 0;
        if (series.isQueued) {
            unlink(series);
        }
    }

    /** Positions of changes ascend, but for windows that keep an older one: those look for their place from the end. */
    private void append(Series series) {
        Series before = last;
        while (before != null && before.queuedLsn > series.firstLsn) {
            before = before.previous;
        }
        Series after = before == null ? first : before.next;
        series.previous = before;
        series.next = after;
        if (before == null) {
            first = series;
        } else {
            before.next = series;
        }
        if (after == null) {
            last = series;
        } else {
            after.previous = series;
        }
        series.isQueued = true;
        series.queuedLsn = series.firstLsn;
    }

    private void unlink(Series series) {
        Series before = series.previous;
        Series after = series.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        series.previous = null;
        series.next = null;
        series.isQueued = false;
    }
}
