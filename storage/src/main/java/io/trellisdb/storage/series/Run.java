package io.trellisdb.storage.series;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import java.util.Arrays;

/**
 * Rows in the order in which they were appended. The owner publishes lengths through a volatile of its own; rows below a
 * published length never change. The writer thread appends, any thread reads published rows.
 */
final class Run {
    private static final int FIRST_CAPACITY = 16;

    private final RunColumn[] columns;
    private volatile long[] timestamps = new long[FIRST_CAPACITY];
    private volatile boolean[] deleted = new boolean[FIRST_CAPACITY];
    private int size;

    Run(SeriesShape shape) {
        this.columns = new RunColumn[shape.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new RunColumn(shape.types().get(i));
        }
    }

    /** Rows appended, published or not; the writer thread's view. */
    int size() {
        return size;
    }

    /** Appends a row; {@code places[i]} is the batch's column for the shape's column {@code i}. */
    void append(long timestamp, Batch batch, int[] places, int row) {
        next(timestamp, false);
        for (int i = 0; i < columns.length; i++) {
            columns[i].append(batch.column(places[i]), row);
        }
        size++;
    }

    void append(SeriesRows rows, int from, int to) {
        for (int row = from; row < to; row++) {
            next(rows.timestamps()[row], false);
            for (int i = 0; i < columns.length; i++) {
                columns[i].append(rows.columns()[i], row);
            }
            size++;
        }
    }

    void appendDeletion(long timestamp) {
        next(timestamp, true);
        for (RunColumn column : columns) {
            column.appendNull();
        }
        size++;
    }

    private void next(long timestamp, boolean isDeleted) {
        long[] times = timestamps;
        boolean[] flags = deleted;
        if (times.length == size) {
            times = Arrays.copyOf(times, size + (size >> 1));
            flags = Arrays.copyOf(flags, times.length);
            timestamps = times;
            deleted = flags;
        }
        times[size] = timestamp;
        flags[size] = isDeleted;
    }

    long timestamp(int row) {
        return timestamps[row];
    }

    /** In an ordered run of {@code length} rows: the first one that is not before a timestamp. */
    int firstAtOrAfter(long timestamp, int length) {
        int found = Arrays.binarySearch(timestamps, 0, length, timestamp);
        return found >= 0 ? found : -found - 1;
    }

    /** Of an ordered run without deletions. */
    SeriesRows read(int from, int to) {
        return new SeriesRows(Arrays.copyOfRange(timestamps, from, to), to - from, readColumns(from, to));
    }

    private ColumnVector[] readColumns(int from, int to) {
        ColumnVector[] parts = new ColumnVector[columns.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = columns[i].read(from, to);
        }
        return parts;
    }

    /** The first rows as changes. */
    SeriesChanges readChanges(int length) {
        return SeriesChanges.ofLog(timestamps, deleted, readColumns(0, length), length);
    }

    long sizeBytes() {
        long total = 9L * timestamps.length;
        for (RunColumn column : columns) {
            total += column.sizeBytes();
        }
        return total;
    }
}
