package io.trellisdb.storage.series;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.storage.block.BlockWriter;
import java.util.List;

/** A series with what it needs around it, and its calls in a form that is handy in tests. */
final class TestSeries {
    final WindowMemory memory = new WindowMemory(Long.MAX_VALUE);
    private final SeriesShape shape;
    private final SeriesContext context;
    private final SeriesBlocks blocks;
    private Series series;
    private long lsn = 1;
    /** As the calls told it. */
    private long rows;

    TestSeries(SeriesShape shape, SeriesBlocks blocks) {
        this.shape = shape;
        this.context = new SeriesContext(shape, Long.MIN_VALUE, new WindowQueue(memory), new BlockWriter());
        this.blocks = blocks;
        this.series = new Series(context, blocks);
    }

    void put(long[] timestamps, Batch batch, int[] places, int[] chosen, int count) {
        ColumnVector[] columns = new ColumnVector[places.length];
        for (int i = 0; i < places.length; i++) {
            columns[i] = batch.column(places[i]);
        }
        rows += series.put(lsn++, false, timestamps, columns, chosen, count);
    }

    void delete(long[] timestamps) {
        rows -= series.delete(lsn++, false, timestamps);
    }

    void seal(boolean everything) {
        if (everything) {
            series.sealAll();
        } else {
            series.sealWhole();
        }
    }

    void fold() {
        series.fold();
    }

    void raiseFloor(long timestamp) {
        rows -= series.dropBefore(timestamp);
        context.raiseFloor(timestamp);
    }

    /** As TRUNCATE does it. */
    void clear() {
        while (!blocks.list().isEmpty()) {
            long first = blocks.list().first(0);
            blocks.remove(first);
            blocks.removeOverlay(first);
        }
        series.forget();
        series = new Series(context, blocks);
        rows = 0;
    }

    long rows() {
        return rows;
    }

    /** Told from elsewhere, as the count of a container is after a stop. */
    void rows(long known) {
        rows = known;
    }

    int windowSize() {
        return series.windowSize();
    }

    SeriesShape shape() {
        return shape;
    }

    SeriesRows last() {
        return series.last(shape);
    }

    boolean contains(long timestamp) {
        return series.contains(timestamp);
    }

    SeriesCursor scan(long from, long to, boolean descending) {
        return series.scan(shape, from, to, descending);
    }

    void aggregate(int column, long from, long to, ColumnAggregate into) {
        SeriesShape wanted = SeriesShape.of(
                List.of(shape.columnIds().get(column)), List.of(shape.types().get(column)));
        SeriesCursor cursor = series.scan(wanted, from, to, false);
        for (SeriesPiece piece = cursor.nextPiece(); piece != null; piece = cursor.nextPiece()) {
            piece.addTo(new ColumnAggregate[] {into});
        }
    }
}
