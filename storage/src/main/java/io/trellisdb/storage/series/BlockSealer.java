package io.trellisdb.storage.series;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.block.Block;
import io.trellisdb.storage.block.BlockWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes rows of a series into blocks, changes into overlays, and folds overlays. Confined to the writer thread. */
final class BlockSealer {
    static final int BLOCK_ROWS = Batch.MAX_ROWS;

    /** An overlay of so many changes, or of a twentieth of its block, is folded. */
    private static final int MAX_OVERLAY = 256;

    private static final int MAX_OVERLAY_SHARE = 20;

    /** Small blocks have overlays of at least so many changes. */
    private static final int MIN_FOLDED = 16;

    /** Rows of one block hold at most this much before they are encoded. */
    private static final long MAX_RAW_BYTES = 4 * 1024 * 1024;

    /** A block of so many bytes is not rewritten as a tail. */
    private static final int MAX_TAIL_BYTES = 256 * 1024;

    /** A block at the end is written again together with rows that are at least one in so many of its own. */
    private static final int TIER = 2;

    private final SeriesShape shape;
    private final SeriesBlocks blocks;
    private final BlockWriter writer;

    BlockSealer(SeriesShape shape, SeriesBlocks blocks, BlockWriter writer) {
        this.shape = shape;
        this.blocks = blocks;
        this.writer = writer;
    }

    private Block open(long first) {
        Block block = blocks.find(first);
        if (block == null) {
            throw new IllegalStateException("block is not where it was put: " + first);
        }
        return block;
    }

    /** Of the last block's rows and the changes in its overlay, deletions included. */
    static long lastTimestamp(SeriesBlocks blocks, BlockList list) {
        int place = list.size() - 1;
        byte[] overlay = list.hasOverlay(place) ? blocks.findOverlay(list.first(place)) : null;
        Block block = blocks.find(list.first(place));
        long last = block == null ? list.first(place) : block.lastTimestamp();
        if (overlay == null) {
            return last;
        }
        SeriesRows changed =
                SeriesChanges.decode(overlay, SeriesShape.NO_COLUMNS).rows();
        return changed.isEmpty() ? last : Math.max(last, changed.timestamps()[changed.count() - 1]);
    }

    private SeriesChanges overlay(long key) {
        byte[] overlay = hasOverlay(key) ? blocks.findOverlay(key) : null;
        return overlay == null ? SeriesChanges.none(shape) : SeriesChanges.decode(overlay, shape);
    }

    private SeriesRows rowsOf(long key) {
        Block block = open(key);
        return SeriesPiece.of(block, shape, Long.MIN_VALUE, Long.MAX_VALUE)
                .readAll()
                .changedBy(overlay(key));
    }

    /**
     * Appends rows that are later than all blocks and returns how many of them are in blocks: all, or those that fill whole
     * blocks. Small blocks at the end are written again together with rows that are about as many: that way a block is
     * rewritten a few times until it is full, and few are left small.
     */
    int append(SeriesRows rows, boolean everything) {
        BlockList list = blocks.list();
        int first = list.size();
        SeriesRows all = rows;
        while (first > 0) {
            long key = list.first(first - 1);
            Block block = open(key);
            boolean isTail = block.rowCount() < BLOCK_ROWS
                    && block.sizeBytes() < MAX_TAIL_BYTES
                    && block.rowCount() <= (long) TIER * all.count();
            if (!isTail) {
                break;
            }
            SeriesRows before = rowsOf(key);
            if (before.count() >= BLOCK_ROWS) {
                break;
            }
            all = before.followedBy(all);
            first--;
            if (all.count() - rows.count() >= BLOCK_ROWS) {
                break;
            }
        }
        int before = all.count() - rows.count();
        List<Stored> written = new ArrayList<>();
        int end = encodeAll(all, before, everything, written);
        if (end == 0) {
            return 0;
        }
        putAll(written);
        for (int place = first; place < list.size(); place++) {
            finish(list.first(place), written);
        }
        return end - before;
    }

    /** A block under its key. */
    private record Stored(long firstTimestamp, byte[] bytes) {}

    /**
     * After a block's rows were written again: its overlay goes, and before that the block if no rows begin there now. A
     * reader must never meet the old block without its overlay.
     */
    private void finish(long key, List<Stored> written) {
        boolean hasOverlay = hasOverlay(key);
        if (written.stream().noneMatch(block -> block.firstTimestamp() == key)) {
            blocks.remove(key);
        }
        if (hasOverlay) {
            blocks.removeOverlay(key);
        }
    }

    private boolean hasOverlay(long key) {
        BlockList list = blocks.list();
        int place = list.findAtOrBefore(key);
        return place >= 0 && list.first(place) == key && list.hasOverlay(place);
    }

    /**
     * Encodes blocks and returns how many rows are in them. The first {@code before} ones are in blocks that are written
     * again: either all of them are encoded or none.
     */
    private int encodeAll(SeriesRows rows, int before, boolean everything, List<Stored> written) {
        int end = 0;
        while (end < rows.count()) {
            int next = Math.min(rows.count(), end + BLOCK_ROWS);
            boolean mayWait = end == 0 || end >= before;
            if (next - end < BLOCK_ROWS && !everything && mayWait) {
                break;
            }
            end = encode(rows, end, next, written);
        }
        return end;
    }

    /** Later blocks first: a reader takes from a block only what is before the next one. */
    private void putAll(List<Stored> written) {
        for (int i = written.size() - 1; i >= 0; i--) {
            blocks.put(written.get(i).firstTimestamp(), written.get(i).bytes());
        }
    }

    /** Encodes one block of rows from {@code from} on, up to {@code to} or as many as a block may hold; returns its end. */
    private int encode(SeriesRows rows, int from, int to, List<Stored> written) {
        int end = to;
        while (true) {
            SeriesRows part = rows.slice(from, end);
            Batch batch = new Batch(part.count(), part.columns());
            boolean isOne = end - from == 1;
            if (isOne || batch.sizeBytes() <= MAX_RAW_BYTES) {
                try {
                    byte[] block = writer.encode(part.timestamps(), shape.ids(), batch);
                    written.add(new Stored(part.timestamps()[0], block));
                    return end;
                } catch (TrellisException e) {
                    if (e.code() != ErrorCode.LIMIT_EXCEEDED || isOne) {
                        throw e;
                    }
                }
            }
            end = from + Math.max(1, (end - from) / 2);
        }
    }

    /** Adds changes of sealed rows to the overlays of their blocks; returns how many rows there are more. */
    long change(SeriesChanges changes) {
        SeriesRows rows = changes.rows();
        long added = 0;
        int next = 0;
        while (next < rows.count()) {
            BlockList list = blocks.list();
            int place = Math.max(0, list.findAtOrBefore(rows.timestamps()[next]));
            int end = place + 1 >= list.size() ? rows.count() : rows.firstAtOrAfter(list.first(place + 1));
            long last = end == rows.count() ? Long.MAX_VALUE : rows.timestamps()[end] - 1;
            added += changeBlock(list.first(place), changes.between(rows.timestamps()[next], last));
            next = end;
        }
        return added;
    }

    private long changeBlock(long key, SeriesChanges changes) {
        SeriesChanges before = overlay(key);
        Block block = open(key);
        long added = 0;
        for (int i = 0; i < changes.count(); i++) {
            long timestamp = changes.rows().timestamps()[i];
            boolean isInBlock = Arrays.binarySearch(block.timestamps(), timestamp) >= 0;
            boolean wasThere = before.isThere(timestamp, isInBlock);
            added += (changes.isDeleted(i) ? 0 : 1) - (wasThere ? 1 : 0);
        }
        SeriesChanges all = before.followedBy(changes);
        int rows = block.rowCount();
        boolean isLarge = all.count() > MAX_OVERLAY || all.count() > Math.max(MIN_FOLDED, rows / MAX_OVERLAY_SHARE);
        if (isLarge) {
            fold(key, all);
        } else {
            blocks.putOverlay(key, all.encode(shape));
        }
        return added;
    }

    void foldAll() {
        BlockList list = blocks.list();
        for (int place = 0; place < list.size(); place++) {
            if (list.hasOverlay(place)) {
                fold(list.first(place), overlay(list.first(place)));
            }
        }
    }

    /** Writes a block's rows with its changes; more than fit one block become two of about the same size. */
    private void fold(long key, SeriesChanges changes) {
        SeriesRows rows = SeriesPiece.of(open(key), shape, Long.MIN_VALUE, Long.MAX_VALUE)
                .readAll()
                .changedBy(changes);
        if (rows.isEmpty()) {
            removeBlock(key);
            return;
        }
        int parts = (rows.count() + BLOCK_ROWS - 1) / BLOCK_ROWS;
        int size = (rows.count() + parts - 1) / parts;
        List<Stored> written = new ArrayList<>();
        int end = 0;
        while (end < rows.count()) {
            end = encode(rows, end, Math.min(rows.count(), end + size), written);
        }
        putAll(written);
        finish(key, written);
    }

    void removeBlock(long key) {
        boolean hasOverlay = hasOverlay(key);
        blocks.remove(key);
        if (hasOverlay) {
            blocks.removeOverlay(key);
        }
    }

    /** Removes the blocks whose rows and changes are all before a timestamp. */
    void dropBefore(long timestamp) {
        BlockList list = blocks.list();
        for (int place = 0; place < list.size(); place++) {
            boolean isOver = place + 1 < list.size()
                    ? list.first(place + 1) <= timestamp
                    : lastTimestamp(blocks, list) < timestamp;
            if (!isOver) {
                return;
            }
            removeBlock(list.first(place));
        }
    }
}
