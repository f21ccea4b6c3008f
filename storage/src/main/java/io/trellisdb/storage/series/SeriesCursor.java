package io.trellisdb.storage.series;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.storage.block.Block;
import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.storage.series.SeriesBlocks.Stored;
import org.jspecify.annotations.Nullable;

/**
 * Walks a range of a series, one block's rows at a time, then (or, descending, before) the window's as it was at the
 * beginning. Blocks that are rewritten meanwhile are read as they then are, without a row twice. Confined to one thread.
 */
public final class SeriesCursor {
    private final SeriesShape shape;
    private final SeriesBlocks blocks;
    private final BlockCounters counters;
    private final SeriesWindow.Snapshot snapshot;
    private final boolean descending;
    /** What is left to read, both included. */
    private long from;

    private long to;
    private boolean isWindowRead;
    private boolean areBlocksRead;

    SeriesCursor(
            SeriesShape shape,
            SeriesBlocks blocks,
            BlockCounters counters,
            SeriesWindow.Snapshot snapshot,
            long from,
            long to,
            boolean descending) {
        this.shape = shape;
        this.blocks = blocks;
        this.counters = counters;
        this.snapshot = snapshot;
        this.from = from;
        this.to = to;
        this.descending = descending;
        this.areBlocksRead = !snapshot.hasSealed() || from > to;
        this.isWindowRead = from > to;
    }

    /** The next rows, at least one, in the cursor's order; null at the end. */
    public @Nullable SeriesRows next() {
        while (true) {
            SeriesRows rows;
            if (descending && !isWindowRead || !descending && areBlocksRead && !isWindowRead) {
                isWindowRead = true;
                rows = readWindow();
            } else if (!areBlocksRead) {
                Found found = findNext(); // null also when a block is gone meanwhile
                rows = found == null ? SeriesRows.empty(shape) : found.read();
            } else {
                return null;
            }
            if (!rows.isEmpty()) {
                return descending ? reversed(rows) : rows;
            }
        }
    }

    private SeriesRows readWindow() {
        boolean isSealedThroughEnd = snapshot.hasSealed() && snapshot.sealedThrough() == Long.MAX_VALUE;
        if (isSealedThroughEnd) {
            return SeriesRows.empty(shape);
        }
        return snapshot.read(from, to);
    }

    /** A block, and the range in which its rows and its overlay's are still to be read. */
    private final class Found {
        private final Block block;
        private final SeriesChanges overlay;
        private final long low;
        private final long high;

        Found(Block block, SeriesChanges overlay, long low, long high) {
            this.block = block;
            this.overlay = overlay;
            this.low = low;
            this.high = high;
        }

        SeriesRows read() {
            int start = block.firstRowAtOrAfter(low);
            int end = high == Long.MAX_VALUE ? block.rowCount() : block.firstRowAtOrAfter(high + 1);
            if (overlay.isEmpty()) {
                return BlockSealer.read(shape, block, Math.min(start, end), end);
            }
            return BlockSealer.read(shape, block, Math.min(start, end), end)
                    .changedBy(overlay)
                    .between(low, high);
        }

        void aggregate(int column, ColumnAggregate into) {
            int start = block.firstRowAtOrAfter(low);
            int end = high == Long.MAX_VALUE ? block.rowCount() : block.firstRowAtOrAfter(high + 1);
            int found = block.findColumn(shape.columnIds().get(column));
            if (!overlay.isEmpty() || found < 0) {
                add(read(), column, into);
            } else if (start < end) {
                block.addTo(into, found, shape.types().get(column), start, end);
            }
        }
    }

    /** The next block in the cursor's direction; moves the bounds past what it covers. */
    private @Nullable Found findNext() {
        Stored stored = descending ? blocks.findAtOrBefore(Math.min(to, snapshot.sealedThrough())) : findAscending();
        if (stored == null && descending) {
            // the overlay of the first block may hold earlier rows
            stored = blocks.findFirst();
            areBlocksRead = true;
            if (stored == null) {
                return null;
            }
        }
        if (stored == null) {
            areBlocksRead = true;
            return null;
        }
        return open(stored);
    }

    private @Nullable Stored findAscending() {
        Stored stored = blocks.findAtOrBefore(from);
        return stored == null ? blocks.findFirst() : stored;
    }

    /** The overlay is read before its block: a folded one changes nothing when it is applied again. */
    private @Nullable Found open(Stored first) {
        byte[] overlay = blocks.findOverlay(first.firstTimestamp());
        Stored stored = blocks.findAtOrBefore(first.firstTimestamp());
        if (stored == null || stored.firstTimestamp() != first.firstTimestamp()) {
            // its rows were written again under another key: look again
            areBlocksRead = false;
            return null;
        }
        Block block = Block.open(stored.bytes(), counters);
        long key = stored.firstTimestamp();
        long limit = Math.min(to, snapshot.sealedThrough());
        long low;
        long high;
        Stored following = blocks.findAfter(key);
        long end = following == null ? Long.MAX_VALUE : following.firstTimestamp() - 1;
        Stored oldest = blocks.findFirst();
        boolean isFirst = oldest == null || oldest.firstTimestamp() >= key;
        if (descending) {
            low = isFirst ? from : Math.max(from, key);
            high = limit;
            if (isFirst || key <= from || key == Long.MIN_VALUE) {
                areBlocksRead = true;
            } else {
                to = key - 1;
            }
        } else {
            low = from;
            high = Math.min(limit, end);
            if (following == null || end >= limit) {
                areBlocksRead = true;
                from = Math.max(from, limit == Long.MAX_VALUE ? limit : limit + 1);
            } else {
                from = Math.max(from, end + 1);
            }
        }
        SeriesChanges changes = overlay == null ? SeriesChanges.none(shape) : SeriesChanges.decode(overlay, shape);
        return new Found(block, changes, low, high);
    }

    private static SeriesRows reversed(SeriesRows rows) {
        int count = rows.count();
        long[] timestamps = new long[count];
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = count - 1 - i;
            timestamps[i] = rows.timestamps()[order[i]];
        }
        ColumnVector[] columns = new ColumnVector[rows.columns().length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.columns()[i].select(order, count);
        }
        return new SeriesRows(timestamps, count, columns);
    }

    /** Adds all rows of an ascending cursor to an aggregate. */
    void aggregate(int column, ColumnAggregate into) {
        while (!areBlocksRead) {
            Found found = findNext();
            if (found != null) {
                found.aggregate(column, into);
            }
        }
        if (!isWindowRead) {
            isWindowRead = true;
            add(readWindow(), column, into);
        }
    }

    private static void add(SeriesRows rows, int column, ColumnAggregate into) {
        into.add(rows.columns()[column], 0, rows.count());
    }
}
