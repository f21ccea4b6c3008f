package io.trellisdb.storage.series;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one series: window, blocks and overlays as one. Changes come from the partition's writer thread; reads from any
 * thread see every change made before they began, and each row whole.
 */
public final class Series {
    /** Rows that stay in the window when it gives a whole block away: some more may come late. */
    private static final int LATE_RESERVE = 512;

    private final SeriesContext context;
    private final SeriesBlocks blocks;
    private final SeriesWindow window;

    /** Position in the log of the oldest change in the window. Writer thread, as all below. */
    long firstLsn;

    private long lastPutLsn;
    private int lastPutStart;

    /** What the {@link WindowQueue} keeps here. */
    @Nullable
    Series previous;

    @Nullable
    Series next;

    boolean isQueued;
    long queuedLsn;
    long countedBytes;

    /** Opens a series over its blocks with an empty window, which replay refills. */
    public Series(SeriesContext context, SeriesBlocks blocks) {
        this.context = context;
        this.blocks = blocks;
        this.window = new SeriesWindow(blocks);
    }

    private BlockSealer sealer() {
        return new BlockSealer(context.shape(), blocks, context.writer());
    }

    /** Rows and changes in the window. */
    public int windowSize() {
        return window.size();
    }

    /** Bytes of heap of the window, about. */
    public long windowBytes() {
        return window.sizeBytes();
    }

    /** Position in the log of the oldest change in the window, if it has one. Writer thread. */
    public long firstLsn() {
        return firstLsn;
    }

    /** Whether neither window nor blocks hold anything. Writer thread. */
    public boolean isEmpty() {
        return window.size() == 0 && blocks.list().isEmpty();
    }

    /**
     * Puts rows, replacing those of the same timestamps; rows under the floor are passed over.
     *
     * @param lsn position in the log, never lower than before
     * @param isRefill whether blocks have all changes of this position already, so that only the window is changed
     * @param columns vectors in the order of the context's shape
     * @param rows which rows of the vectors belong to this series, {@code count} of them
     * @return how many rows are new
     */
    public long put(long lsn, boolean isRefill, long[] timestamps, ColumnVector[] columns, int[] rows, int count) {
        int recentCount = 0;
        int oldCount = 0;
        int[] recent = rows;
        int[] old = rows;
        for (int i = 0; i < count; i++) {
            long timestamp = timestamps[rows[i]];
            boolean isOld = window.isSealed(timestamp);
            if (timestamp < context.floor() || isOld) {
                if (recent == rows) {
                    recent = Arrays.copyOf(rows, count);
                    recentCount = i;
                    old = new int[count];
                }
                if (isOld && timestamp >= context.floor()) {
                    old[oldCount++] = rows[i];
                }
            } else if (recent == rows) {
                recentCount++;
            } else {
                recent[recentCount++] = rows[i];
            }
        }
        long added = 0;
        if (oldCount > 0 && !isRefill) {
            added += change(toChanges(timestamps, columns, old, oldCount));
        }
        return recentCount == 0 ? added : added + putRecent(lsn, isRefill, timestamps, columns, recent, recentCount);
    }

    private long putRecent(
            long lsn, boolean isRefill, long[] timestamps, ColumnVector[] columns, int[] rows, int count) {
        noteChange(lsn);
        lastPutLsn = lsn;
        lastPutStart = window.size();
        long added = window.put(context.shape(), timestamps, columns, rows, count);
        // a window that is being refilled may still miss changes of its rows
        if (!isRefill && window.size() >= BlockSealer.BLOCK_ROWS + LATE_RESERVE) {
            sealWhole();
        }
        context.windows().changed(this);
        return added;
    }

    private void noteChange(long lsn) {
        if (window.size() == 0) {
            firstLsn = lsn;
        }
    }

    private static SeriesChanges toChanges(long[] timestamps, ColumnVector[] columns, int[] rows, int count) {
        long[] chosen = new long[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = timestamps[rows[i]];
        }
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = columns[i].select(rows, count);
        }
        return SeriesChanges.ofLog(chosen, new boolean[count], vectors, count);
    }

    /** Deletes the rows of these timestamps; absent ones are passed over. Returns how many there were. */
    public long delete(long lsn, boolean isRefill, long[] timestamps) {
        long[] sealed = new long[timestamps.length];
        int sealedCount = 0;
        long removed = 0;
        for (long timestamp : timestamps) {
            if (timestamp < context.floor()) {
                continue;
            }
            if (window.isSealed(timestamp)) {
                sealed[sealedCount++] = timestamp;
            } else {
                noteChange(lsn);
                removed += window.delete(context.shape(), timestamp) ? 1 : 0;
            }
        }
        context.windows().changed(this);
        if (sealedCount > 0 && !isRefill) {
            removed -= change(toDeletions(sealed, sealedCount));
        }
        return removed;
    }

    private SeriesChanges toDeletions(long[] timestamps, int count) {
        boolean[] deleted = new boolean[count];
        Arrays.fill(deleted, true);
        SeriesShape shape = context.shape();
        ColumnVector[] nulls = new ColumnVector[shape.columnCount()];
        for (int i = 0; i < nulls.length; i++) {
            nulls[i] = Vectors.nulls(shape.types().get(i), count);
        }
        return SeriesChanges.ofLog(timestamps, deleted, nulls, count);
    }

    /** Changes rows that are in blocks: by overlays, which are folded when they have grown. */
    private long change(SeriesChanges changes) {
        long added = sealer().change(changes);
        blocksChanged();
        return added;
    }

    private void blocksChanged() {
        if (blocks.list().isEmpty()) {
            window.unseal();
        }
    }

    /** Seals the oldest rows of the window as far as they fill whole blocks. */
    void sealWhole() {
        int size = window.size();
        boolean hasLate = window.hasLate();
        seal(false);
        int sealed = size - window.size();
        boolean isAllOfLastPut = !hasLate && sealed >= lastPutStart;
        firstLsn = isAllOfLastPut && sealed > 0 ? lastPutLsn : firstLsn;
    }

    /** Writes all rows of the window into blocks. */
    public void sealAll() {
        seal(true);
        context.windows().changed(this);
    }

    private void seal(boolean everything) {
        if (window.size() == 0) {
            return;
        }
        SeriesShape shape = context.shape();
        SeriesRows rows = window.readAll(shape);
        rows = rows.slice(rows.firstAtOrAfter(context.floor()), rows.count());
        if (rows.isEmpty()) {
            window.clear();
            return;
        }
        int sealed = sealer().append(rows, everything);
        if (sealed > 0) {
            window.sealThrough(shape, rows.timestamps()[sealed - 1]);
        }
    }

    /** Folds all overlays into their blocks. */
    public void fold() {
        sealer().foldAll();
        blocksChanged();
    }

    /** How many rows there are. */
    public long countRows() {
        return count(context.floor(), Long.MAX_VALUE);
    }

    /** How many rows there are from {@code from} to {@code to}, both included, the floor aside. */
    private long count(long from, long to) {
        SeriesCursor cursor = new SeriesCursor(
                SeriesShape.NO_COLUMNS, blocks, window.snapshot(SeriesShape.NO_COLUMNS), from, to, false);
        long count = 0;
        for (SeriesPiece piece = cursor.nextPiece(); piece != null; piece = cursor.nextPiece()) {
            count += piece.count();
        }
        return count;
    }

    /**
     * Drops rows when the floor rises, whole blocks at once; the context's floor is still the old one.
     *
     * @return how many rows are gone
     */
    public long dropBefore(long timestamp) {
        if (timestamp <= context.floor()) {
            return 0;
        }
        long removed = count(context.floor(), timestamp - 1);
        sealer().dropBefore(timestamp);
        blocksChanged();
        return removed;
    }

    /** Forgets the window, as when the container was emptied. */
    public void clearWindow() {
        window.clear();
        context.windows().changed(this);
    }

    /** The series is thrown away with all others of its container. */
    public void forget() {
        context.windows().forget(this);
    }

    /** Reads the wanted columns of the rows from {@code from} to {@code to}, both included. */
    public SeriesCursor scan(SeriesShape wanted, long from, long to, boolean descending) {
        SeriesWindow.Snapshot snapshot = window.snapshot(wanted);
        return new SeriesCursor(wanted, blocks, snapshot, Math.max(from, context.floor()), to, descending);
    }

    /** Whether there is a row of this timestamp; cheap when it is not in blocks. */
    public boolean contains(long timestamp) {
        SeriesWindow.Snapshot snapshot = window.snapshot(SeriesShape.NO_COLUMNS);
        if (!snapshot.hasSealed() || timestamp > snapshot.sealedThrough()) {
            return timestamp >= context.floor() && snapshot.contains(timestamp);
        }
        return scan(SeriesShape.NO_COLUMNS, timestamp, timestamp, false).nextPiece() != null;
    }

    /** The newest row alone, or no row. */
    public SeriesRows last(SeriesShape wanted) {
        SeriesRows newest = window.snapshot(wanted).readLast();
        if (!newest.isEmpty()) {
            return newest.timestamps()[0] >= context.floor() ? newest : SeriesRows.empty(wanted);
        }
        SeriesRows sealed = scan(wanted, Long.MIN_VALUE, Long.MAX_VALUE, true).next(1, Long.MAX_VALUE);
        return sealed == null ? SeriesRows.empty(wanted) : sealed;
    }
}
