package io.trellisdb.storage.timeseries;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.block.BlockWriter;
import io.trellisdb.storage.series.SeriesCursor;
import io.trellisdb.storage.series.SeriesPiece;
import io.trellisdb.storage.series.SeriesRows;
import io.trellisdb.storage.series.SeriesShape;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a container's rows as blocks in the order of series and time, changes folded in and windows included: blocks that have
 * no overlay as they are stored, others made anew. Goes on behind any block that it gave. Confined to one thread.
 */
public final class BlockExport {
    private final TimeSeries container;
    private final BlockWriter writer = new BlockWriter();
    private SeriesShape shape;
    private @Nullable StoredSeries series;
    private @Nullable SeriesCursor cursor;
    /** What is left of a piece that did not fit one block. */
    private @Nullable SeriesPiece rest;

    /**
     * A block under its key.
     *
     * @param last the key that a block would have which begins with this one's last row
     */
    public record Exported(byte[] key, byte[] last, byte[] block) {}

    /** An export that begins behind the row of a key as in {@link Exported#last}, or at the beginning. */
    public BlockExport(TimeSeries container, byte @Nullable [] after) {
        this.container = container;
        this.shape = container.shape();
        if (after == null) {
            Map.Entry<byte[], StoredSeries> first = container.table().ordered().firstEntry();
            open(first, Long.MIN_VALUE);
            return;
        }
        byte[] key = StoredSeries.seriesKey(after);
        long last = StoredSeries.first(after);
        Map.Entry<byte[], StoredSeries> found = container.table().ordered().ceilingEntry(key);
        boolean isSame = found != null && Arrays.equals(found.getKey(), key);
        if (isSame && last == Long.MAX_VALUE) {
            open(container.table().ordered().higherEntry(key), Long.MIN_VALUE);
        } else {
            open(found, isSame ? last + 1 : Long.MIN_VALUE);
        }
    }

    private void open(Map.@Nullable Entry<byte[], StoredSeries> entry, long from) {
        series = entry == null ? null : entry.getValue();
        shape = container.shape();
        cursor = entry == null ? null : entry.getValue().series().scan(shape, from, Long.MAX_VALUE, false);
    }

    /** The next block; null at the end. */
    public @Nullable Exported next() {
        while (true) {
            StoredSeries current = series;
            SeriesCursor open = cursor;
            if (current == null || open == null) {
                return null;
            }
            SeriesPiece piece = rest != null ? rest : open.nextPiece();
            rest = null;
            if (piece != null) {
                return export(current, piece);
            }
            open(container.table().ordered().higherEntry(current.key()), Long.MIN_VALUE);
        }
    }

    private Exported export(StoredSeries current, SeriesPiece piece) {
        long first = piece.firstTimestamp();
        byte[] stored = piece.wholeBlock();
        if (stored != null) {
            return new Exported(current.blockKey(first), current.blockKey(piece.lastTimestamp()), stored);
        }
        SeriesRows rows = piece.readAll();
        int count = Math.min(Batch.MAX_ROWS, rows.count());
        while (true) {
            SeriesRows part = rows.between(first, rows.timestamps()[count - 1]);
            try {
                byte[] block = writer.encode(part.timestamps(), ids(shape), new Batch(part.count(), part.columns()));
                piece.takeFirst(count);
                rest = piece.isEmpty() ? null : piece;
                return new Exported(current.blockKey(first), current.blockKey(part.timestamps()[count - 1]), block);
            } catch (TrellisException e) {
                if (e.code() != ErrorCode.LIMIT_EXCEEDED || count == 1) {
                    throw e;
                }
                count = count / 2;
            }
        }
    }

    private static int[] ids(SeriesShape shape) {
        return shape.columnIds().stream().mapToInt(Integer::intValue).toArray();
    }
}
