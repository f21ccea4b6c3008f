package io.trellisdb.storage.series;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.storage.block.Block;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a series that lie together: part of a block, of a window, or rows that were merged in memory. Rows are
 * restored when they are taken, from either end. Confined to one thread.
 */
public final class SeriesPiece {

    private final SeriesShape wanted;
    private final @Nullable Block block;
    private final @Nullable Run run;
    private final @Nullable SeriesRows rows;
    private int start;
    private int end;
    private long @Nullable [] blockTimestamps;

    private SeriesPiece(
            SeriesShape wanted,
            @Nullable Block block,
            @Nullable Run run,
            @Nullable SeriesRows rows,
            int start,
            int end) {
        this.wanted = wanted;
        this.block = block;
        this.run = run;
        this.rows = rows;
        this.start = start;
        this.end = end;
    }

    static SeriesPiece of(SeriesRows rows) {
        return new SeriesPiece(SeriesShape.NO_COLUMNS, null, null, rows, 0, rows.count());
    }

    /** The rows {@code start..end - 1} of an ordered run, all published. */
    static SeriesPiece of(Run run, SeriesShape wanted, int start, int end) {
        return new SeriesPiece(wanted, null, run, null, start, end);
    }

    /** The rows of a block from {@code from} to {@code to}, both included. */
    static SeriesPiece of(Block block, SeriesShape wanted, long from, long to) {
        SeriesPiece piece = new SeriesPiece(wanted, block, null, null, 0, block.rowCount());
        piece.start = piece.firstAtOrAfter(block, from);
        int after = to == Long.MAX_VALUE ? block.rowCount() : piece.firstAtOrAfter(block, to + 1);
        piece.end = Math.max(piece.start, after);
        return piece;
    }

    private int firstAtOrAfter(Block of, long timestamp) {
        if (of.rowCount() == 0 || timestamp <= of.firstTimestamp()) {
            return 0;
        }
        if (timestamp > of.lastTimestamp()) {
            return of.rowCount();
        }
        int found = Arrays.binarySearch(timestamps(of), timestamp);
        return found >= 0 ? found : -found - 1;
    }

    private long[] timestamps(Block of) {
        long[] known = blockTimestamps;
        if (known == null) {
            known = of.timestamps();
            blockTimestamps = known;
        }
        return known;
    }

    /** The stored block whose rows these are, all of them; null when they are not one. */
    public byte @Nullable [] wholeBlock() {
        return block != null && start == 0 && end == block.rowCount() ? block.bytes() : null;
    }

    public boolean isEmpty() {
        return start == end;
    }

    public int count() {
        return end - start;
    }

    /** What a row takes on the heap or in its block, about. */
    public long averageRowBytes() {
        if (block != null) {
            return block.sizeBytes() / Math.max(1, block.rowCount());
        }
        return run != null ? run.sizeBytes() / Math.max(1, end) : merged().averageRowBytes();
    }

    /** Of the oldest row. */
    public long firstTimestamp() {
        return block != null && start == 0 ? block.firstTimestamp() : timestamp(start);
    }

    /** Of the newest row. */
    public long lastTimestamp() {
        return block != null && end == block.rowCount() ? block.lastTimestamp() : timestamp(end - 1);
    }

    private long timestamp(int row) {
        if (block != null) {
            return timestamps(block)[row];
        }
        return run != null ? run.timestamp(row) : merged().timestamps()[row];
    }

    private SeriesRows merged() {
        if (rows == null) {
            throw new IllegalStateException("piece has no rows in memory");
        }
        return rows;
    }

    private SeriesRows read(int from, int to) {
        if (block != null) {
            ColumnVector[] columns = new ColumnVector[wanted.columnCount()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = wanted.decode(block, i, from, to);
            }
            return new SeriesRows(Arrays.copyOfRange(timestamps(block), from, to), to - from, columns);
        }
        return run != null ? run.read(wanted, from, to) : merged().slice(from, to);
    }

    /** All rows that were not taken, oldest first; they stay. */
    public SeriesRows readAll() {
        return read(start, end);
    }

    /** Takes at most so many rows, oldest first, from the beginning. */
    public SeriesRows takeFirst(int max) {
        int from = start;
        start += Math.min(max, end - start);
        return read(from, start);
    }

    /** Takes at most so many rows, oldest first, from the end. */
    public SeriesRows takeLast(int max) {
        int to = end;
        end -= Math.min(max, end - start);
        return read(end, to);
    }

    /** Adds all rows to the aggregates of the wanted columns: whole blocks from their headers, without restoring them. */
    public void addTo(ColumnAggregate[] into) {
        if (isEmpty()) {
            return;
        }
        if (block == null) {
            SeriesRows all = readAll();
            for (int i = 0; i < into.length; i++) {
                into[i].add(all.columns()[i], 0, all.count());
            }
            return;
        }
        for (int i = 0; i < into.length; i++) {
            int found = block.findColumn(wanted.columnIds().get(i));
            if (found < 0) {
                into[i].add(wanted.absent(i, count()), 0, count());
            } else {
                block.addTo(into[i], found, wanted.types().get(i), start, end);
            }
        }
    }
}
