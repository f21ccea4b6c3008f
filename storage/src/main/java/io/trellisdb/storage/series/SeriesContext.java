package io.trellisdb.storage.series;

import io.trellisdb.storage.block.BlockWriter;

/**
 * What the series of one container in one partition share. Shape and floor are changed by the partition's writer thread and
 * read by all.
 */
public final class SeriesContext {
    private final WindowQueue windows;
    private final BlockWriter writer;
    private volatile SeriesShape shape;
    private volatile long floor;

    /**
     * @param windows of the partition
     * @param writer of the partition's writer thread
     * @param floor rows before this timestamp are gone and are passed over when they are put
     */
    public SeriesContext(SeriesShape shape, long floor, WindowQueue windows, BlockWriter writer) {
        this.shape = shape;
        this.floor = floor;
        this.windows = windows;
        this.writer = writer;
    }

    public SeriesShape shape() {
        return shape;
    }

    /** Rows that come from here on have these columns; windows take them over with their next row. */
    public void shape(SeriesShape newShape) {
        shape = newShape;
    }

    public long floor() {
        return floor;
    }

    /** A floor never falls. */
    public void raiseFloor(long timestamp) {
        floor = Math.max(floor, timestamp);
    }

    WindowQueue windows() {
        return windows;
    }

    BlockWriter writer() {
        return writer;
    }
}
