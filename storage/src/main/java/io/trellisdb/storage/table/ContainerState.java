package io.trellisdb.storage.table;

import io.trellisdb.storage.timeseries.TimeSeries;
import org.jspecify.annotations.Nullable;

/** A container of a partition. Written by the partition's writer thread, read by all. */
final class ContainerState {
    private volatile Shape shape;
    private volatile long rows;
    /** Null of a collection. */
    private volatile @Nullable TimeSeries series;
    /** Confined to the writer thread: whether {@code rows} differs from what is stored. */
    private boolean hasNewCount;

    ContainerState(Shape shape, long rows, @Nullable TimeSeries series) {
        this.shape = shape;
        this.rows = rows;
        this.series = series;
    }

    Shape shape() {
        return shape;
    }

    void shape(Shape newShape) {
        this.shape = newShape;
    }

    /** The rows of a time series; null of a collection, whose rows lie under the shape's slot. */
    @Nullable
    TimeSeries series() {
        return series;
    }

    void series(TimeSeries newSeries) {
        series = newSeries;
    }

    long rows() {
        return rows;
    }

    void rows(long newRows) {
        hasNewCount |= newRows != rows;
        rows = newRows;
    }

    /** Whether the count has to be stored; it counts as stored from here on. */
    boolean takeNewCount() {
        boolean had = hasNewCount;
        hasNewCount = false;
        return had;
    }
}
