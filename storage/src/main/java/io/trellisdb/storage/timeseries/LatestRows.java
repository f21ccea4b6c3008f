package io.trellisdb.storage.timeseries;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.LatestRequest;
import org.jspecify.annotations.Nullable;

/** The newest row of each series, in key order. Confined to one thread. */
final class LatestRows implements BatchCursor {
    private final RowOutput output;
    private final SeriesWalk walk;
    private boolean isClosed;

    LatestRows(TimeSeries container, LatestRequest request) {
        this.output = new RowOutput(container, request.columnIds(), request.withRowKey());
        this.walk = new SeriesWalk(container.table(), request.series(), false);
    }

    @Override
    public @Nullable Batch next() {
        while (!isClosed && output.rows() < Batch.MAX_ROWS) {
            StoredSeries series = walk.next();
            if (series == null) {
                isClosed = true;
            } else {
                output.add(series, series.series().last(output.wanted()));
            }
        }
        return output.rows() == 0 ? null : output.build();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
