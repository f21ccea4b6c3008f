package io.trellisdb.storage.series;

import io.trellisdb.common.batch.ColumnVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a series that are newer than its blocks: an ordered run, and a late run of rows and deletions that came out of
 * order. {@link #snapshot} is one volatile read; the writer thread publishes after each call.
 */
final class SeriesWindow {
    /** When so many changes came late, they are merged into a new ordered run. */
    static final int MAX_LATE = 256;

    private static final VarHandle VIEW = viewHandle();

    private final SeriesBlocks blocks;
    /** Null until somebody asks; then what the blocks say comes first. */
    private volatile @Nullable View view;

    /**
     * What was published together.
     *
     * @param ordered null while there are no rows
     * @param sealedThrough rows up to here are in blocks; meaningless unless there are some
     */
    private record View(
            @Nullable Run ordered,
            int orderedCount,
            @Nullable Run late,
            int lateCount,
            long sealedThrough,
            boolean hasSealed) {}

    private static final View NEW = new View(null, 0, null, 0, Long.MIN_VALUE, false);

    SeriesWindow(SeriesBlocks blocks) {
        this.blocks = blocks;
    }

    private static VarHandle viewHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(SeriesWindow.class, "view", View.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no access to an own field", e);
        }
    }

    /** A reader that looks first must not undo what the writer thread published meanwhile. */
    private View view() {
        View known = view;
        if (known == null) {
            VIEW.compareAndSet(this, null, load());
            known = view;
        }
        if (known == null) {
            throw new IllegalStateException("window has no view");
        }
        return known;
    }

    private View load() {
        BlockList list = blocks.list();
        return list.isEmpty() ? NEW : new View(null, 0, null, 0, BlockSealer.lastTimestamp(blocks, list), true);
    }

    /** A consistent look at the window: what it held when it was taken. Safe from any thread. */
    static final class Snapshot {
        private final View view;
        private final SeriesShape wanted;
        private @Nullable SeriesChanges changes;

        private Snapshot(View view, SeriesShape wanted) {
            this.view = view;
            this.wanted = wanted;
        }

        boolean hasSealed() {
            return view.hasSealed;
        }

        long sealedThrough() {
            return view.sealedThrough;
        }

        boolean isEmpty() {
            return view.orderedCount == 0 && view.lateCount == 0;
        }

        /** Whether there is a row of a timestamp; reads no other rows, not even changes of them. */
        boolean contains(long timestamp) {
            Run late = view.late;
            int change = late == null ? -1 : late.findLast(timestamp, view.lateCount);
            if (late != null && change >= 0) {
                return !late.isDeleted(change);
            }
            Run ordered = view.ordered;
            return ordered != null && ordered.contains(timestamp, view.orderedCount);
        }

        /** The rows from {@code from} to {@code to}, both included. */
        SeriesPiece piece(long from, long to) {
            Run ordered = view.ordered;
            if (ordered == null) {
                return SeriesPiece.of(SeriesRows.empty(wanted));
            }
            int start = ordered.firstAtOrAfter(from, view.orderedCount);
            int end = to == Long.MAX_VALUE ? view.orderedCount : ordered.firstAtOrAfter(to + 1, view.orderedCount);
            if (view.lateCount == 0) {
                return SeriesPiece.of(ordered, wanted, start, Math.max(start, end));
            }
            SeriesRows rows = start >= end ? SeriesRows.empty(wanted) : ordered.read(wanted, start, end);
            return SeriesPiece.of(rows.changedBy(changes().between(from, to)));
        }

        private SeriesChanges changes() {
            SeriesChanges known = changes;
            if (known == null) {
                Run late = view.late;
                known = late == null ? SeriesChanges.none(wanted) : late.readChanges(wanted, view.lateCount);
                changes = known;
            }
            return known;
        }

        /** The newest row alone, or none. */
        SeriesRows readLast() {
            Run ordered = view.ordered;
            Run late = view.late;
            if (ordered == null) {
                return SeriesRows.empty(wanted);
            }
            int count = view.orderedCount;
            boolean isUnchanged =
                    late == null || count > 0 && late.greatest(view.lateCount) < ordered.timestamp(count - 1);
            if (isUnchanged || view.lateCount == 0) {
                return ordered.read(wanted, Math.max(0, count - 1), count);
            }
            SeriesRows all = piece(Long.MIN_VALUE, Long.MAX_VALUE).readAll();
            return all.slice(Math.max(0, all.count() - 1), all.count());
        }
    }

    /** A look at the wanted columns. */
    Snapshot snapshot(SeriesShape wanted) {
        return new Snapshot(view(), wanted);
    }

    /** Whether a row of this timestamp belongs to the blocks. Writer thread. */
    boolean isSealed(long timestamp) {
        View now = view();
        return now.hasSealed && timestamp <= now.sealedThrough;
    }

    /** Rows and changes held, the same timestamp counted each time. */
    int size() {
        View now = view;
        return now == null ? 0 : now.orderedCount + now.lateCount;
    }

    boolean hasLate() {
        View now = view;
        return now != null && now.lateCount > 0;
    }

    long sizeBytes() {
        View now = view;
        if (now == null) {
            return 0;
        }
        Run ordered = now.ordered;
        Run late = now.late;
        return (ordered == null ? 0 : ordered.sizeBytes()) + (late == null ? 0 : late.sizeBytes());
    }

    private static boolean isThere(Run ordered, @Nullable Run late, long timestamp) {
        int changed = late == null ? -1 : late.findLast(timestamp, late.size());
        if (late != null && changed >= 0) {
            return !late.isDeleted(changed);
        }
        int at = ordered.firstAtOrAfter(timestamp, ordered.size());
        return at < ordered.size() && ordered.timestamp(at) == timestamp;
    }

    /**
     * Puts rows, none of them {@linkplain #isSealed sealed}: newer than all go to the ordered run, others to the late run.
     * Readers see all of them or none, except where the late run is merged in between.
     *
     * @return how many rows are new
     */
    int put(SeriesShape shape, long[] timestamps, ColumnVector[] columns, int[] rows, int count) {
        View now = inShape(shape);
        Run ordered = now.ordered == null ? new Run(shape) : now.ordered;
        Run late = now.late;
        int added = 0;
        int next = 0;
        while (next < count) {
            int end = endOfOrdered(ordered, timestamps, rows, next, count);
            if (end > next) {
                ordered.append(timestamps, columns, rows, next, end);
                added += end - next;
                next = end;
            } else if (late != null && late.size() == MAX_LATE) {
                publish(now, ordered, late);
                now = mergeLate(shape);
                ordered = now.ordered == null ? new Run(shape) : now.ordered;
                late = null;
            } else {
                added += isThere(ordered, late, timestamps[rows[next]]) ? 0 : 1;
                late = late == null ? new Run(shape) : late;
                late.append(timestamps, columns, rows, next, next + 1);
                next++;
            }
        }
        publish(now, ordered, late);
        return added;
    }

    /** Where the rows from {@code next} on that are newer than all in the run and each other end. */
    private static int endOfOrdered(Run ordered, long[] timestamps, int[] rows, int next, int count) {
        int size = ordered.size();
        long newest = size == 0 ? timestamps[rows[next]] : ordered.timestamp(size - 1);
        int end = next;
        if (size == 0) {
            end++;
        }
        while (end < count && timestamps[rows[end]] > newest) {
            newest = timestamps[rows[end]];
            end++;
        }
        return end;
    }

    /** Deletes a row that is not sealed; returns whether it was there. */
    boolean delete(SeriesShape shape, long timestamp) {
        View now = inShape(shape);
        Run ordered = now.ordered;
        if (ordered == null || !isThere(ordered, now.late, timestamp)) {
            return false;
        }
        if (now.lateCount == MAX_LATE) {
            now = mergeLate(shape);
        }
        Run late = now.late == null ? new Run(shape) : now.late;
        late.appendDeletion(timestamp);
        publish(now, now.ordered, late);
        return true;
    }

    private View publish(View now, @Nullable Run ordered, @Nullable Run late) {
        View next = new View(
                ordered,
                ordered == null ? 0 : ordered.size(),
                late,
                late == null ? 0 : late.size(),
                now.sealedThrough,
                now.hasSealed);
        view = next;
        return next;
    }

    /** The window with runs of this shape, into which rows can be put. */
    private View inShape(SeriesShape shape) {
        View now = view();
        Run ordered = now.ordered;
        return ordered == null || ordered.shape().equals(shape) ? now : mergeLate(shape);
    }

    /** Makes one ordered run of both, of this shape. */
    private View mergeLate(SeriesShape shape) {
        View now = view();
        Run merged = new Run(shape);
        merged.append(readAll(shape));
        return publish(now, merged, null);
    }

    /** All rows, oldest first. */
    SeriesRows readAll(SeriesShape wanted) {
        return snapshot(wanted).piece(Long.MIN_VALUE, Long.MAX_VALUE).readAll();
    }

    /** Forgets all rows; what is sealed stays so. */
    void clear() {
        View now = view();
        view = new View(null, 0, null, 0, now.sealedThrough, now.hasSealed);
    }

    /** There are no blocks any more: rows of any time belong to the window. */
    void unseal() {
        View now = view();
        view = new View(now.ordered, now.orderedCount, now.late, now.lateCount, Long.MIN_VALUE, false);
    }

    /** Forgets the rows up to a timestamp, which are in blocks now. */
    void sealThrough(SeriesShape shape, long timestamp) {
        SeriesRows rest = timestamp == Long.MAX_VALUE
                ? SeriesRows.empty(shape)
                : snapshot(shape).piece(timestamp + 1, Long.MAX_VALUE).readAll();
        if (rest.isEmpty()) {
            view = new View(null, 0, null, 0, timestamp, true);
            return;
        }
        Run ordered = new Run(shape);
        ordered.append(rest);
        view = new View(ordered, ordered.size(), null, 0, timestamp, true);
    }
}
