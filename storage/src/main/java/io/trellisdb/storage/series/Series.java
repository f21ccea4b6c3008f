package io.trellisdb.storage.series;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.storage.series.SeriesBlocks.Stored;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one series: window, blocks and overlays as one. Changes come from the partition's writer thread; reads from any
 * thread see every change made before they began, and each row whole.
 */
public final class Series {
    private final SeriesShape shape;
    private final SeriesBlocks blocks;
    private final BlockCounters counters;
    private final BlockSealer sealer;
    private final SeriesWindow window;
    private volatile long floor = Long.MIN_VALUE;

    /** The newest row while the window is empty; null when unknown. */
    private volatile @Nullable SeriesRows lastSealed;

    /** Opens a series over its blocks with an empty window, which replay refills. */
    public Series(SeriesShape shape, SeriesBlocks blocks, BlockCounters counters) {
        this.shape = shape;
        this.blocks = blocks;
        this.counters = counters;
        this.sealer = new BlockSealer(shape, blocks, counters);
        Stored newest = blocks.findAtOrBefore(Long.MAX_VALUE);
        long through = newest == null ? Long.MIN_VALUE : sealer.lastTimestamp(newest);
        this.window = new SeriesWindow(shape, newest != null, through);
    }

    public SeriesShape shape() {
        return shape;
    }

    /** Rows before this timestamp are gone and are passed over when they are put. */
    public long floor() {
        return floor;
    }

    /** Rows and changes in the window. */
    public int windowSize() {
        return window.size();
    }

    /** Bytes of heap of the window, about. */
    public long windowBytes() {
        return window.sizeBytes();
    }

    /**
     * Puts rows, replacing those of the same timestamps.
     *
     * @param timestamps the timestamps of the batch's rows
     * @param places the batch's column of each of the shape's columns
     * @param rows which rows of the batch belong to this series
     */
    public void put(long[] timestamps, Batch batch, int[] places, int[] rows, int count) {
        int[] recent = new int[count];
        int[] old = new int[count];
        int recentCount = 0;
        int oldCount = 0;
        for (int i = 0; i < count; i++) {
            long timestamp = timestamps[rows[i]];
            if (timestamp >= floor && window.isSealed(timestamp)) {
                old[oldCount++] = rows[i];
            } else if (timestamp >= floor) {
                recent[recentCount++] = rows[i];
            }
        }
        if (oldCount > 0) {
            change(toChanges(timestamps, batch, places, old, oldCount));
        }
        if (recentCount > 0) {
            window.put(timestamps, batch, places, recent, recentCount);
        }
    }

    private SeriesChanges toChanges(long[] timestamps, Batch batch, int[] places, int[] rows, int count) {
        long[] chosen = new long[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = timestamps[rows[i]];
        }
        ColumnVector[] columns = new ColumnVector[shape.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(places[i]).select(rows, count);
        }
        return SeriesChanges.ofLog(chosen, new boolean[count], columns, count);
    }

    /** Deletes the rows of these timestamps; absent ones are passed over. */
    public void delete(long[] timestamps) {
        long[] sealed = new long[timestamps.length];
        int sealedCount = 0;
        for (long timestamp : timestamps) {
            if (window.isSealed(timestamp)) {
                sealed[sealedCount++] = timestamp;
            } else {
                window.delete(timestamp);
            }
        }
        if (sealedCount > 0) {
            boolean[] deleted = new boolean[sealedCount];
            Arrays.fill(deleted, true);
            ColumnVector[] nulls = new ColumnVector[shape.columnCount()];
            for (int i = 0; i < nulls.length; i++) {
                nulls[i] = Vectors.nulls(shape.types().get(i), sealedCount);
            }
            change(SeriesChanges.ofLog(sealed, deleted, nulls, sealedCount));
        }
    }

    /** Changes rows that are in blocks: by overlays, which are folded when they have grown. */
    private void change(SeriesChanges changes) {
        sealer.change(changes);
        blocksChanged();
    }

    private void blocksChanged() {
        lastSealed = null;
        if (blocks.findFirst() == null) {
            window.unseal();
        }
    }

    /**
     * Writes window rows into blocks as long as they fill whole ones; with {@code everything} the rest becomes the tail and
     * the window is empty afterwards.
     */
    public void seal(boolean everything) {
        if (window.size() == 0 || !everything && window.size() < BlockSealer.BLOCK_ROWS) {
            return;
        }
        SeriesRows rows = window.readAll();
        rows = rows.slice(rows.firstAtOrAfter(floor), rows.count());
        if (rows.isEmpty()) {
            if (everything) {
                window.clear();
            }
            return;
        }
        int sealed = sealer.append(rows, everything);
        if (sealed > 0) {
            window.sealThrough(rows.timestamps()[sealed - 1]);
            lastSealed = sealed == rows.count() ? rows.slice(sealed - 1, sealed) : null;
        }
    }

    /** Folds all overlays into their blocks. */
    public void fold() {
        sealer.foldAll();
        blocksChanged();
    }

    /** Drops the rows before a timestamp, whole blocks at once; a floor never falls. */
    public void raiseFloor(long timestamp) {
        if (timestamp <= floor) {
            return;
        }
        floor = timestamp;
        sealer.dropBefore(timestamp);
        blocksChanged();
    }

    /** Everything is gone, as after TRUNCATE; the floor stays. */
    public void clear() {
        for (Stored block = blocks.findFirst(); block != null; block = blocks.findFirst()) {
            blocks.removeOverlay(block.firstTimestamp());
            blocks.remove(block.firstTimestamp());
        }
        window.clear();
        blocksChanged();
    }

    /** Reads the rows from {@code from} to {@code to}, both included. */
    public SeriesCursor scan(long from, long to, boolean descending) {
        SeriesWindow.Snapshot snapshot = window.snapshot();
        return new SeriesCursor(shape, blocks, counters, snapshot, Math.max(from, floor), to, descending);
    }

    /**
     * The newest row alone, or no row. It is found in memory unless the window is empty and the writer thread has changed
     * blocks since it last sealed or {@linkplain #rememberLast remembered} it.
     */
    public SeriesRows last() {
        SeriesWindow.Snapshot snapshot = window.snapshot();
        SeriesRows newest = snapshot.readLast();
        if (!newest.isEmpty()) {
            return newest.timestamps()[0] >= floor ? newest : SeriesRows.empty(shape);
        }
        SeriesRows known = lastSealed;
        if (known == null) {
            SeriesRows rows = scan(Long.MIN_VALUE, Long.MAX_VALUE, true).next();
            known = rows == null ? SeriesRows.empty(shape) : rows.slice(0, 1);
        }
        return known;
    }

    /** Finds the newest row once, so that {@link #last} need not. Writer thread: a reader could miss a change in between. */
    public void rememberLast() {
        lastSealed = null;
        lastSealed = last();
    }

    /** Adds the rows from {@code from} to {@code to} to an aggregate of a column: whole blocks from their headers. */
    public void aggregate(int column, long from, long to, ColumnAggregate into) {
        SeriesCursor cursor = scan(from, to, false);
        cursor.aggregate(column, into);
    }
}
