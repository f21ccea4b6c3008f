package io.trellisdb.storage.series;

import io.trellisdb.common.batch.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order in which they were appended. The owner publishes lengths through a volatile of its own; rows below a
 * published length never change. The writer thread appends, any thread reads published rows.
 */
final class Run {
    private static final int FIRST_CAPACITY = 4;

    private final SeriesShape shape;
    private final RunColumn[] columns;
    private volatile long[] timestamps = new long[0];
    /** Null until the first deletion; may be shorter than there are rows. */
    private volatile boolean @Nullable [] deleted;

    private int size;

    Run(SeriesShape shape) {
        this.shape = shape;
        this.columns = new RunColumn[shape.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new RunColumn(shape.types().get(i));
        }
    }

    /** The columns its rows have. */
    SeriesShape shape() {
        return shape;
    }

    /** Rows appended, published or not; the writer thread's view. */
    int size() {
        return size;
    }

    /** Appends the rows {@code rows[from..to - 1]} of vectors in the order of the shape. */
    void append(long[] times, ColumnVector[] vectors, int[] rows, int from, int to) {
        long[] target = reserve(to - from);
        for (int i = from; i < to; i++) {
            target[size + i - from] = times[rows[i]];
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].appendAll(vectors[i], rows, from, to);
        }
        size += to - from;
    }

    void append(SeriesRows rows) {
        int[] all = new int[rows.count()];
        Arrays.setAll(all, i -> i);
        append(rows.timestamps(), rows.columns(), all, 0, all.length);
    }

    void appendDeletion(long timestamp) {
        reserve(1)[size] = timestamp;
        boolean[] flags = deleted;
        flags = Arrays.copyOf(flags == null ? new boolean[0] : flags, Math.max(size + 1, timestamps.length));
        flags[size] = true;
        deleted = flags;
        for (RunColumn column : columns) {
            column.appendNull();
        }
        size++;
    }

    private long[] reserve(int more) {
        long[] times = timestamps;
        int needed = size + more;
        if (times.length < needed) {
            times = Arrays.copyOf(times, Math.max(FIRST_CAPACITY, needed + (needed >> 1)));
            timestamps = times;
        }
        return times;
    }

    long timestamp(int row) {
        return timestamps[row];
    }

    boolean isDeleted(int row) {
        boolean[] flags = deleted;
        return flags != null && row < flags.length && flags[row];
    }

    /** In an ordered run of {@code length} rows: the first one that is not before a timestamp. */
    int firstAtOrAfter(long timestamp, int length) {
        int found = Arrays.binarySearch(timestamps, 0, length, timestamp);
        return found >= 0 ? found : -found - 1;
    }

    /** Whether a row of an ordered run of {@code length} rows has a timestamp. */
    boolean contains(long timestamp, int length) {
        return Arrays.binarySearch(timestamps, 0, length, timestamp) >= 0;
    }

    /** The last one of the first rows that has a timestamp; −1 when there is none. */
    int findLast(long timestamp, int length) {
        long[] times = timestamps;
        for (int row = length - 1; row >= 0; row--) {
            if (times[row] == timestamp) {
                return row;
            }
        }
        return -1;
    }

    /** The greatest timestamp of the first rows, of which there is at least one. */
    long greatest(int length) {
        long[] times = timestamps;
        long greatest = times[0];
        for (int row = 1; row < length; row++) {
            greatest = Math.max(greatest, times[row]);
        }
        return greatest;
    }

    /** The wanted columns of an ordered run without deletions. */
    SeriesRows read(SeriesShape wanted, int from, int to) {
        return new SeriesRows(Arrays.copyOfRange(timestamps, from, to), to - from, readColumns(wanted, from, to));
    }

    private ColumnVector[] readColumns(SeriesShape wanted, int from, int to) {
        int[] places = wanted.equals(shape) ? null : wanted.placesIn(shape);
        ColumnVector[] parts = new ColumnVector[wanted.columnCount()];
        for (int i = 0; i < parts.length; i++) {
            int place = places == null ? i : places[i];
            parts[i] = place < 0 ? wanted.absent(i, to - from) : columns[place].read(from, to);
        }
        return parts;
    }

    /** The first rows as changes. */
    SeriesChanges readChanges(SeriesShape wanted, int length) {
        boolean[] flags = deleted;
        boolean[] gone = flags == null ? new boolean[length] : Arrays.copyOf(flags, length);
        return SeriesChanges.ofLog(timestamps, gone, readColumns(wanted, 0, length), length);
    }

    long sizeBytes() {
        boolean[] flags = deleted;
        long total = 8L * timestamps.length + (flags == null ? 0 : flags.length);
        for (RunColumn column : columns) {
            total += column.sizeBytes();
        }
        return total;
    }
}
