package io.trellisdb.storage.series;

import io.trellisdb.common.batch.Batch;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a series that are newer than its blocks: an ordered run, and a late run of rows and deletions that came out of
 * order. {@link #view} is one volatile read; the writer thread publishes after each call.
 */
final class SeriesWindow {
    /** When so many changes came late, they are merged into a new ordered run. */
    static final int MAX_LATE = 256;

    private final SeriesShape shape;
    private volatile View view;

    /** What was published together. */
    private static final class View {
        private final Run ordered;
        private final int orderedCount;
        private final Run late;
        private final int lateCount;
        /** Rows up to here are in blocks; meaningless while there are none. */
        private final long sealedThrough;

        private final boolean hasSealed;

        View(Run ordered, int orderedCount, Run late, int lateCount, long sealedThrough, boolean hasSealed) {
            this.ordered = ordered;
            this.orderedCount = orderedCount;
            this.late = late;
            this.lateCount = lateCount;
            this.sealedThrough = sealedThrough;
            this.hasSealed = hasSealed;
        }
    }

    /** A consistent look at the window: what it held when it was taken. Safe from any thread. */
    static final class Snapshot {
        private final View view;
        private final SeriesShape shape;
        private @Nullable SeriesChanges changes;

        private Snapshot(View view, SeriesShape shape) {
            this.view = view;
            this.shape = shape;
        }

        boolean hasSealed() {
            return view.hasSealed;
        }

        long sealedThrough() {
            return view.sealedThrough;
        }

        /** The rows from {@code from} to {@code to}, both included. */
        SeriesRows read(long from, long to) {
            int start = view.ordered.firstAtOrAfter(from, view.orderedCount);
            int end = to == Long.MAX_VALUE ? view.orderedCount : view.ordered.firstAtOrAfter(to + 1, view.orderedCount);
            SeriesRows rows = start >= end ? SeriesRows.empty(shape) : view.ordered.read(start, end);
            if (view.lateCount == 0) {
                return rows;
            }
            return rows.changedBy(SeriesWindow.between(changes(), from, to));
        }

        private SeriesChanges changes() {
            SeriesChanges known = changes;
            if (known == null) {
                known = view.late.readChanges(view.lateCount);
                changes = known;
            }
            return known;
        }

        /** The newest row alone, or none. */
        SeriesRows readLast() {
            if (view.lateCount > 0) {
                SeriesRows all = read(Long.MIN_VALUE, Long.MAX_VALUE);
                return all.slice(Math.max(0, all.count() - 1), all.count());
            }
            return view.ordered.read(Math.max(0, view.orderedCount - 1), view.orderedCount);
        }
    }

    SeriesWindow(SeriesShape shape, boolean hasSealed, long sealedThrough) {
        this.shape = shape;
        this.view = new View(new Run(shape), 0, new Run(shape), 0, sealedThrough, hasSealed);
    }

    private static SeriesChanges between(SeriesChanges changes, long from, long to) {
        SeriesRows rows = changes.rows();
        int start = rows.firstAtOrAfter(from);
        int end = to == Long.MAX_VALUE ? rows.count() : rows.firstAtOrAfter(to + 1);
        if (start >= end) {
            return new SeriesChanges(rows.slice(0, 0), new boolean[0]);
        }
        boolean[] deleted = new boolean[end - start];
        for (int i = 0; i < deleted.length; i++) {
            deleted[i] = changes.isDeleted(start + i);
        }
        return new SeriesChanges(rows.slice(start, end), deleted);
    }

    Snapshot snapshot() {
        return new Snapshot(view, shape);
    }

    /** Whether a row of this timestamp belongs to the blocks. Writer thread. */
    boolean isSealed(long timestamp) {
        View now = view;
        return now.hasSealed && timestamp <= now.sealedThrough;
    }

    /** Rows and changes held, the same timestamp counted each time. */
    int size() {
        View now = view;
        return now.orderedCount + now.lateCount;
    }

    long sizeBytes() {
        View now = view;
        return now.ordered.sizeBytes() + now.late.sizeBytes();
    }

    /**
     * Puts rows, none of them {@linkplain #isSealed sealed}: newer than all go to the ordered run, others to the late run.
     * Readers see all of them or none, except where the late run is merged in between.
     */
    void put(long[] timestamps, Batch batch, int[] places, int[] rows, int count) {
        View now = view;
        Run ordered = now.ordered;
        Run late = now.late;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int size = ordered.size();
            if (size == 0 || timestamps[row] > ordered.timestamp(size - 1)) {
                ordered.append(timestamps[row], batch, places, row);
            } else {
                if (late.size() == MAX_LATE) {
                    publish(now, ordered, late);
                    mergeLate();
                    now = view;
                    ordered = now.ordered;
                    late = now.late;
                }
                late.append(timestamps[row], batch, places, row);
            }
        }
        publish(now, ordered, late);
    }

    /** Deletes a row that is not sealed; an absent one is passed over at reading. */
    void delete(long timestamp) {
        if (view.late.size() == MAX_LATE) {
            mergeLate();
        }
        View now = view;
        int size = now.ordered.size();
        if (size > 0 && timestamp <= now.ordered.timestamp(size - 1)) {
            now.late.appendDeletion(timestamp);
            publish(now, now.ordered, now.late);
        }
    }

    private void publish(View now, Run ordered, Run late) {
        view = new View(ordered, ordered.size(), late, late.size(), now.sealedThrough, now.hasSealed);
    }

    /** Makes one ordered run of both. */
    private void mergeLate() {
        View now = view;
        Run merged = new Run(shape);
        SeriesRows rows = snapshot().read(Long.MIN_VALUE, Long.MAX_VALUE);
        merged.append(rows, 0, rows.count());
        publish(now, merged, new Run(shape));
    }

    /** All rows, oldest first. */
    SeriesRows readAll() {
        return snapshot().read(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Forgets all rows; what is sealed stays so. */
    void clear() {
        View now = view;
        view = new View(new Run(shape), 0, new Run(shape), 0, now.sealedThrough, now.hasSealed);
    }

    /** There are no blocks any more: rows of any time belong to the window. */
    void unseal() {
        View now = view;
        view = new View(now.ordered, now.orderedCount, now.late, now.lateCount, Long.MIN_VALUE, false);
    }

    /** Forgets the rows up to a timestamp, which are in blocks now. */
    void sealThrough(long timestamp) {
        SeriesRows rest = timestamp == Long.MAX_VALUE
                ? SeriesRows.empty(shape)
                : snapshot().read(timestamp + 1, Long.MAX_VALUE);
        Run ordered = new Run(shape);
        ordered.append(rest, 0, rest.count());
        view = new View(ordered, ordered.size(), new Run(shape), 0, timestamp, true);
    }
}
