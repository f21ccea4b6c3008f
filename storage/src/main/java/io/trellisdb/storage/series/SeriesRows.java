package io.trellisdb.storage.series;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import java.util.Arrays;

/**
 * Some rows of one series in ascending order of their distinct timestamps, any number of them. The arrays must not be
 * written.
 *
 * @param timestamps one for each row; may be longer
 * @param columns the values, by the places of the series' shape
 */
public record SeriesRows(long[] timestamps, int count, ColumnVector[] columns) {
    public SeriesRows {
        for (ColumnVector column : columns) {
            if (column.size() != count || timestamps.length < count) {
                throw new IllegalArgumentException("rows differ: " + column.size() + ", " + count);
            }
        }
    }

    static SeriesRows empty(SeriesShape shape) {
        return new SeriesRows(new long[0], 0, shape.emptyColumns());
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public long averageRowBytes() {
        long total = 0;
        for (ColumnVector column : columns) {
            total += column.sizeBytes();
        }
        return total / Math.max(1, count);
    }

    /** The first row that is not before a timestamp; {@code count} when all are. */
    int firstAtOrAfter(long timestamp) {
        int found = Arrays.binarySearch(timestamps, 0, count, timestamp);
        return found >= 0 ? found : -found - 1;
    }

    /** The first row behind {@code start}, which is before a timestamp, that is not; looks nearby first. */
    public int firstAtOrAfter(long timestamp, int start) {
        int step = 1;
        while (start + step < count && timestamps[start + step] < timestamp) {
            step *= 2;
        }
        int found = Arrays.binarySearch(timestamps, start + step / 2, Math.min(count, start + step + 1), timestamp);
        return found >= 0 ? found : -found - 1;
    }

    SeriesRows slice(int from, int to) {
        if (from == 0 && to == count) {
            return this;
        }
        ColumnVector[] parts = new ColumnVector[columns.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = columns[i].slice(from, to);
        }
        return new SeriesRows(Arrays.copyOfRange(timestamps, from, to), to - from, parts);
    }

    /** The rows from {@code from} to {@code to}, both included. */
    public SeriesRows between(long from, long to) {
        int start = firstAtOrAfter(from);
        int end = to == Long.MAX_VALUE ? count : firstAtOrAfter(to + 1);
        return slice(Math.min(start, end), end);
    }

    /** These rows and then later ones. */
    SeriesRows followedBy(SeriesRows later) {
        if (isEmpty() || later.isEmpty()) {
            return isEmpty() ? later : this;
        }
        long[] all = Arrays.copyOf(timestamps, count + later.count);
        System.arraycopy(later.timestamps, 0, all, count, later.count);
        ColumnVector[] merged = new ColumnVector[columns.length];
        for (int i = 0; i < merged.length; i++) {
            VectorBuilder builder = VectorBuilder.of(columns[i].type(), all.length);
            builder.appendRange(columns[i], 0, count);
            builder.appendRange(later.columns[i], 0, later.count);
            merged[i] = builder.build();
        }
        return new SeriesRows(all, all.length, merged);
    }

    /** The rows after the changes, which are newer. */
    SeriesRows changedBy(SeriesChanges changes) {
        if (changes.isEmpty()) {
            return this;
        }
        SeriesRows rows = changes.rows();
        long[] all = new long[count + rows.count];
        int[] sources = new int[all.length];
        int merged = 0;
        int own = 0;
        for (int change = 0; change < rows.count; change++) {
            long timestamp = rows.timestamps[change];
            while (own < count && timestamps[own] < timestamp) {
                all[merged] = timestamps[own];
                sources[merged++] = own++;
            }
            own += own < count && timestamps[own] == timestamp ? 1 : 0;
            if (!changes.isDeleted(change)) {
                all[merged] = timestamp;
                sources[merged++] = ~change;
            }
        }
        while (own < count) {
            all[merged] = timestamps[own];
            sources[merged++] = own++;
        }
        ColumnVector[] columnsAfter = new ColumnVector[columns.length];
        for (int i = 0; i < columnsAfter.length; i++) {
            columnsAfter[i] = pick(columns[i], rows.columns[i], sources, merged);
        }
        return new SeriesRows(all, merged, columnsAfter);
    }

    /** Takes row {@code s} of the first vector, or row {@code ~s} of the second one. */
    private static ColumnVector pick(ColumnVector own, ColumnVector changed, int[] sources, int count) {
        VectorBuilder builder = VectorBuilder.of(own.type(), count);
        int row = 0;
        while (row < count) {
            int source = sources[row];
            if (source < 0) {
                builder.appendFrom(changed, ~source);
                row++;
                continue;
            }
            int end = row + 1;
            while (end < count && sources[end] == source + end - row) {
                end++;
            }
            builder.appendRange(own, source, source + end - row);
            row = end;
        }
        return builder.build();
    }
}
