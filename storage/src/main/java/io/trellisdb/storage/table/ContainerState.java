package io.trellisdb.storage.table;

/** A container of a partition. Written by the partition's writer thread, read by all. */
final class ContainerState {
    private volatile Shape shape;
    private volatile long rows;
    /** Confined to the writer thread: whether {@code rows} differs from what is stored. */
    private boolean hasNewCount;

    ContainerState(Shape shape, long rows) {
        this.shape = shape;
        this.rows = rows;
    }

    Shape shape() {
        return shape;
    }

    void shape(Shape newShape) {
        this.shape = newShape;
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
