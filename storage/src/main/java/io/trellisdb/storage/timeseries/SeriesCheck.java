package io.trellisdb.storage.timeseries;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.block.Block;
import io.trellisdb.storage.series.BlockList;
import io.trellisdb.storage.series.SeriesShape;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Checks the blocks of one series. One use. */
final class SeriesCheck {
    private final StoredSeries series;
    private final SeriesShape shape;
    private final Consumer<String> complaints;

    SeriesCheck(StoredSeries series, SeriesShape shape, Consumer<String> complaints) {
        this.series = series;
        this.shape = shape;
        this.complaints = complaints;
    }

    /** Returns how many blocks and overlays there are. */
    int run() {
        BlockList list = series.list();
        int overlays = 0;
        for (int place = 0; place < list.size(); place++) {
            long first = list.first(place);
            long end = place + 1 < list.size() ? list.first(place + 1) - 1 : Long.MAX_VALUE;
            overlays += list.hasOverlay(place) ? 1 : 0;
            if (list.hasOverlay(place) && series.findOverlay(first) == null) {
                complain(first, "has lost its overlay");
            }
            try {
                check(first, end);
            } catch (TrellisException e) {
                complain(first, "cannot be read: " + e.getMessage());
            }
        }
        return list.size() + overlays;
    }

    private void complain(long first, String what) {
        complaints.accept("block " + first + " of series " + HexFormat.of().formatHex(series.key()) + " " + what);
    }

    private void check(long first, long end) {
        Block block = series.find(first);
        if (block == null) {
            complain(first, "is missing");
            return;
        }
        int rows = block.rowCount();
        if (rows == 0 || block.firstTimestamp() != first || block.lastTimestamp() > end) {
            complain(first, "lies elsewhere: " + block.firstTimestamp() + " to " + block.lastTimestamp());
            return;
        }
        if (block.timestamps().length != rows) {
            complain(first, "has other timestamps than rows");
        }
        for (int i = 0; i < shape.columnCount(); i++) {
            int column = block.findColumn(shape.columnIds().get(i));
            if (column >= 0) {
                checkColumn(first, block, column, shape.types().get(i));
            }
        }
    }

    private void checkColumn(long first, Block block, int column, DataType type) {
        ColumnVector values = block.decode(column, type, 0, block.rowCount());
        ColumnAggregate computed = ColumnAggregate.of(type);
        computed.add(values, 0, block.rowCount());
        ColumnAggregate stored = block.aggregate(column, type);
        if (stored.rows() != computed.rows() || stored.count() != computed.count()) {
            complain(first, "has a wrong header: " + stored.count() + " instead of " + computed.count() + " values");
        }
    }
}
