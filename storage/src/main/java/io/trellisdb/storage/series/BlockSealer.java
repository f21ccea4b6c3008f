package io.trellisdb.storage.series;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.block.Block;
import io.trellisdb.storage.block.BlockCounters;
import io.trellisdb.storage.block.BlockWriter;
import io.trellisdb.storage.series.SeriesBlocks.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    private final SeriesShape shape;
    private final SeriesBlocks blocks;
    private final BlockCounters counters;
    private final BlockWriter writer = new BlockWriter();

    BlockSealer(SeriesShape shape, SeriesBlocks blocks, BlockCounters counters) {
        this.shape = shape;
        this.blocks = blocks;
        this.counters = counters;
    }

    /** The rows {@code from..to - 1} of a block. */
    static SeriesRows read(SeriesShape shape, Block block, int from, int to) {
        ColumnVector[] columns = new ColumnVector[shape.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = shape.decode(block, i, from, to);
        }
        return new SeriesRows(Arrays.copyOfRange(block.timestamps(), from, to), to - from, columns);
    }

    private Block open(Stored stored) {
        return Block.open(stored.bytes(), counters);
    }

    /** Of a block's rows and the changes in its overlay, deletions included. */
    long lastTimestamp(Stored stored) {
        SeriesRows changed = overlay(stored.firstTimestamp()).rows();
        long last = open(stored).lastTimestamp();
        return changed.isEmpty() ? last : Math.max(last, changed.timestamps()[changed.count() - 1]);
    }

    private SeriesChanges overlay(long key) {
        byte[] overlay = blocks.findOverlay(key);
        return overlay == null ? SeriesChanges.none(shape) : SeriesChanges.decode(overlay, shape);
    }

    /**
     * Appends rows that are later than all blocks, filling up the tail first, and returns how many of them are in blocks:
     * all, or those that fill whole blocks.
     */
    int append(SeriesRows rows, boolean everything) {
        Stored newest = blocks.findAtOrBefore(Long.MAX_VALUE);
        Block tail = newest == null ? null : open(newest);
        boolean isTail = tail != null && tail.rowCount() < BLOCK_ROWS && tail.sizeBytes() < MAX_TAIL_BYTES;
        if (newest == null || tail == null || !isTail) {
            return write(rows, 0, everything);
        }
        SeriesChanges overlay = overlay(newest.firstTimestamp());
        SeriesRows before = read(shape, tail, 0, tail.rowCount()).changedBy(overlay);
        if (before.count() >= BLOCK_ROWS) {
            fold(newest, overlay);
            return append(rows, everything);
        }
        int sealed = write(before.followedBy(rows), before.count(), everything);
        if (sealed > 0) {
            finish(newest.firstTimestamp(), before.isEmpty() ? rows.timestamps()[0] : before.timestamps()[0]);
        }
        return sealed;
    }

    /**
     * After a block's rows were written again: its overlay goes, and before that the block if the rows now begin elsewhere. A
     * reader must never meet the old block without its overlay.
     */
    private void finish(long key, long newKey) {
        if (newKey != key) {
            blocks.remove(key);
        }
        blocks.removeOverlay(key);
    }

    /**
     * Writes blocks and returns how many of the rows behind the first {@code before} ones are in them. Those first ones are
     * in a block that is written again: either all of them are written or none.
     */
    private int write(SeriesRows rows, int before, boolean everything) {
        List<Stored> written = new ArrayList<>();
        int end = 0;
        while (end < rows.count()) {
            int next = Math.min(rows.count(), end + BLOCK_ROWS);
            boolean mayWait = end == 0 || end >= before;
            if (next - end < BLOCK_ROWS && !everything && mayWait) {
                break;
            }
            end = encode(rows, end, next, written);
        }
        putAll(written);
        return Math.max(0, end - before);
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

    /** Adds changes of sealed rows to the overlays of their blocks; large overlays are folded. */
    void change(SeriesChanges changes) {
        SeriesRows rows = changes.rows();
        int next = 0;
        while (next < rows.count()) {
            Stored block = blockOf(rows.timestamps()[next]);
            if (block == null) {
                throw new IllegalStateException("no block for a sealed row: " + rows.timestamps()[next]);
            }
            Stored following = blocks.findAfter(block.firstTimestamp());
            int end = following == null ? rows.count() : rows.firstAtOrAfter(following.firstTimestamp());
            boolean[] deleted = new boolean[end - next];
            for (int i = 0; i < deleted.length; i++) {
                deleted[i] = changes.isDeleted(next + i);
            }
            changeBlock(block, new SeriesChanges(rows.slice(next, end), deleted));
            next = end;
        }
    }

    private @Nullable Stored blockOf(long timestamp) {
        Stored block = blocks.findAtOrBefore(timestamp);
        return block == null ? blocks.findFirst() : block;
    }

    private void changeBlock(Stored stored, SeriesChanges changes) {
        long key = stored.firstTimestamp();
        SeriesChanges all = overlay(key).followedBy(changes);
        int rows = open(stored).rowCount();
        boolean isLarge = all.count() > MAX_OVERLAY || all.count() > Math.max(MIN_FOLDED, rows / MAX_OVERLAY_SHARE);
        if (isLarge) {
            fold(stored, all);
        } else {
            blocks.putOverlay(key, all.encode(shape));
        }
    }

    void foldAll() {
        Stored block = blocks.findFirst();
        while (block != null) {
            SeriesChanges overlay = overlay(block.firstTimestamp());
            if (!overlay.isEmpty()) {
                fold(block, overlay);
            }
            block = blocks.findAfter(block.firstTimestamp());
        }
    }

    /** Writes a block's rows with its changes; more than fit one block become two of about the same size. */
    private void fold(Stored stored, SeriesChanges changes) {
        Block block = open(stored);
        SeriesRows rows = read(shape, block, 0, block.rowCount()).changedBy(changes);
        long key = stored.firstTimestamp();
        if (rows.isEmpty()) {
            removeEmpty(stored);
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
        finish(key, rows.timestamps()[0]);
    }

    private void removeEmpty(Stored stored) {
        long key = stored.firstTimestamp();
        blocks.remove(key);
        blocks.removeOverlay(key);
    }

    /** Removes the blocks whose rows and changes are all before a timestamp. */
    void dropBefore(long timestamp) {
        Stored block = blocks.findFirst();
        while (block != null) {
            Stored following = blocks.findAfter(block.firstTimestamp());
            boolean isOver =
                    following == null ? lastTimestamp(block) < timestamp : following.firstTimestamp() <= timestamp;
            if (!isOver) {
                return;
            }
            removeEmpty(block);
            block = following;
        }
    }
}
