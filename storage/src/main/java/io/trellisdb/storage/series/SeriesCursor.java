package io.trellisdb.storage.series;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.storage.block.Block;
import org.jspecify.annotations.Nullable;

/**
 * Walks a range of a series, one block's rows at a time, then (or, descending, before) the window's as it was at the
 * beginning. Blocks that are rewritten meanwhile are read as they then are, without a row twice. Confined to one thread.
 */
public final class SeriesCursor {
    private final SeriesShape wanted;
    private final SeriesBlocks blocks;
    private final SeriesWindow.Snapshot snapshot;
    private final boolean descending;
    /** What is left to read, both included. */
    private long from;

    private long to;
    private boolean isWindowRead;
    private boolean areBlocksRead;
    private @Nullable SeriesPiece current;

    SeriesCursor(
            SeriesShape wanted,
            SeriesBlocks blocks,
            SeriesWindow.Snapshot snapshot,
            long from,
            long to,
            boolean descending) {
        this.wanted = wanted;
        this.blocks = blocks;
        this.snapshot = snapshot;
        this.from = from;
        this.to = to;
        this.descending = descending;
        this.areBlocksRead = !snapshot.hasSealed() || from > to || from > snapshot.sealedThrough();
        this.isWindowRead = from > to || snapshot.isEmpty();
    }

    /** At most so many next rows, at least one, in the cursor's order, of about so many bytes at most; null at the end. */
    public @Nullable SeriesRows next(int max, long maxBytes) {
        SeriesPiece piece = current;
        if (piece == null || piece.isEmpty()) {
            piece = nextPiece();
            current = piece;
        }
        if (piece == null) {
            return null;
        }
        int count = (int) Math.max(1, Math.min(max, maxBytes / Math.max(1, piece.averageRowBytes())));
        return descending ? reversed(piece.takeLast(count)) : piece.takeFirst(count);
    }

    /** The next rows, at least one, oldest first in the piece even of a descending cursor; null at the end. */
    public @Nullable SeriesPiece nextPiece() {
        while (true) {
            SeriesPiece piece;
            if (!isWindowRead && (descending || areBlocksRead)) {
                isWindowRead = true;
                piece = readWindow();
            } else if (!areBlocksRead) {
                piece = nextOfBlocks();
            } else {
                return null;
            }
            if (piece != null && !piece.isEmpty()) {
                return piece;
            }
        }
    }

    private SeriesPiece readWindow() {
        boolean isSealedThroughEnd = snapshot.hasSealed() && snapshot.sealedThrough() == Long.MAX_VALUE;
        return isSealedThroughEnd ? SeriesPiece.of(SeriesRows.empty(wanted)) : snapshot.piece(from, to);
    }

    /** The next block's rows; null when it was written again meanwhile, and must be looked for again, or at the end. */
    private @Nullable SeriesPiece nextOfBlocks() {
        BlockList list = blocks.list();
        if (list.isEmpty()) {
            areBlocksRead = true;
            return null;
        }
        long start = descending ? Math.min(to, snapshot.sealedThrough()) : from;
        // the overlay of the first block may hold earlier rows
        int place = Math.max(0, list.findAtOrBefore(start));
        long key = list.first(place);
        // before its block: a folded one changes nothing when it is applied again
        byte[] overlay = list.hasOverlay(place) ? blocks.findOverlay(key) : null;
        Block block = blocks.find(key);
        return block == null ? null : pass(block, list, key, overlay);
    }

    /** The rows of a block that are still to be read; moves the bounds past what it covers. */
    private @Nullable SeriesPiece pass(Block block, BlockList before, long key, byte @Nullable [] overlay) {
        // what follows is asked for before and behind the block: of one that is cut in two the later part is put first,
        // and
        // of two that become one the first is put before the second is gone
        BlockList list = blocks.list();
        long end = Math.min(endOf(before, key), endOf(list, key));
        boolean isFirst = list.isEmpty() || list.first(0) >= key;
        long limit = Math.min(to, snapshot.sealedThrough());
        long low = from;
        long high = Math.min(limit, end);
        if (descending && end < limit) {
            // cut in two meanwhile: the later part comes first
            return null;
        }
        if (descending) {
            low = isFirst ? from : Math.max(from, key);
            if (isFirst || key <= from) {
                areBlocksRead = true;
            } else {
                to = key - 1;
            }
        } else if (end >= limit) {
            areBlocksRead = true;
            from = Math.max(from, limit == Long.MAX_VALUE ? limit : limit + 1);
        } else {
            from = Math.max(from, end + 1);
        }
        SeriesPiece piece = SeriesPiece.of(block, wanted, low, high);
        if (overlay == null) {
            return piece;
        }
        SeriesChanges changes = SeriesChanges.decode(overlay, wanted).between(low, high);
        return changes.isEmpty() ? piece : SeriesPiece.of(piece.readAll().changedBy(changes));
    }

    private static long endOf(BlockList list, long key) {
        int following = list.findAfter(key);
        return following == list.size() ? Long.MAX_VALUE : list.first(following) - 1;
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
}
