package io.trellisdb.storage.timeseries;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.series.SeriesCursor;
import io.trellisdb.storage.series.SeriesRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of series in key order. Holds nothing of the store between batches. Confined to one thread. */
final class SeriesScan implements BatchCursor {
    private final TimeSeries container;
    private final ScanRequest request;
    private final RowOutput output;
    private final BatchSizes sizes;
    private final SeriesWalk walk;
    /** Of a scan by row keys. */
    private final @Nullable KeyRange rowKeys;

    private final long from;
    private final long to;
    private @Nullable StoredSeries series;
    private @Nullable SeriesCursor cursor;
    private boolean isClosed;

    SeriesScan(TimeSeries container, ScanRequest request) {
        this.container = container;
        this.request = request;
        this.output = new RowOutput(container, request.columnIds(), request.withRowKey());
        this.sizes = new BatchSizes(request.limit());
        if (request.access() instanceof ScanRequest.Access.Series bySeries) {
            this.rowKeys = null;
            this.from = bySeries.from();
            this.to = bySeries.to();
            this.walk = new SeriesWalk(container.table(), bySeries.series(), request.descending());
        } else {
            KeyRange range = ((ScanRequest.Access.Primary) request.access()).range();
            this.rowKeys = range;
            this.from = Long.MIN_VALUE;
            this.to = Long.MAX_VALUE;
            this.walk = new SeriesWalk(container.table(), List.of(seriesOf(range)), request.descending());
        }
    }

    /** The series that may have row keys in a range: from the one that begins the lower bound on. */
    private KeyRange seriesOf(KeyRange range) {
        byte[] low = range.from();
        if (low == null) {
            return range;
        }
        byte[] floor = container.table().ordered().floorKey(low);
        return floor == null ? range : new KeyRange(floor, range.to());
    }

    @Override
    public @Nullable Batch next() {
        if (isClosed || sizes.isDone()) {
            return null;
        }
        int size = sizes.next();
        while (output.rows() < size && output.bytes() < BatchSizes.BATCH_BYTES) {
            SeriesCursor rows = cursor == null ? nextSeries() : cursor;
            if (rows == null || series == null) {
                isClosed = true;
                break;
            }
            SeriesRows some = rows.next(size - output.rows(), BatchSizes.BATCH_BYTES - output.bytes());
            cursor = some == null ? null : rows;
            if (some != null) {
                output.add(series, some);
            }
        }
        sizes.returned(output.rows());
        return output.rows() == 0 ? null : output.build();
    }

    private @Nullable SeriesCursor nextSeries() {
        boolean isTimeReversed = request.descending() != container.layout().isDescending();
        for (series = walk.next(); series != null; series = walk.next()) {
            KeyLayout.TimeRange times = rowKeys == null
                    ? new KeyLayout.TimeRange(from, to)
                    : container.layout().within(series.key(), rowKeys.from(), rowKeys.to());
            if (times != null) {
                cursor = series.series().scan(output.wanted(), times.from(), times.to(), isTimeReversed);
                return cursor;
            }
        }
        return null;
    }

    @Override
    public void close() {
        isClosed = true;
        cursor = null;
        series = null;
    }
}
