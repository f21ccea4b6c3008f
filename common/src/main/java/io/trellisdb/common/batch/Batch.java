package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slice of rows held by column. Immutable; see the package documentation for the rules of its arrays. */
public final class Batch {
    /** The most rows of a batch; a bound for operators' scratch arrays, and a block's size in the store. */
    public static final int MAX_ROWS = 4096;

    private final ColumnVector[] columns;
    private final int rowCount;

    /** A batch may have no columns (only a row count) or no rows. Takes ownership of the array. */
    public Batch(int rowCount, ColumnVector... columns) {
        if (rowCount < 0 || rowCount > MAX_ROWS) {
            throw new IllegalArgumentException("row count is out of range: " + rowCount);
        }
        for (ColumnVector column : columns) {
            if (column.size() != rowCount) {
                throw new IllegalArgumentException("column has " + column.size() + " rows, the batch " + rowCount);
            }
        }
        this.columns = columns;
        this.rowCount = rowCount;
    }

    public int rowCount() {
        return rowCount;
    }

    public int columnCount() {
        return columns.length;
    }

    public ColumnVector column(int index) {
        return columns[index];
    }

    public List<DataType> types() {
        List<DataType> types = new ArrayList<>(columns.length);
        for (ColumnVector column : columns) {
            types.add(column.type());
        }
        return types;
    }

    /** The boxed values of one row, for edges and tests. */
    public List<@Nullable Object> row(int row) {
        List<@Nullable Object> values = new ArrayList<>(columns.length);
        for (ColumnVector column : columns) {
            values.add(column.value(row));
        }
        return values;
    }

    /** The columns at {@code indexes}, in that order; columns may repeat. */
    public Batch project(int... indexes) {
        ColumnVector[] chosen = new ColumnVector[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            chosen[i] = columns[indexes[i]];
        }
        return new Batch(rowCount, chosen);
    }

    /** The rows {@code rows[0..count)} in that order. */
    public Batch select(int[] rows, int count) {
        ColumnVector[] chosen = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            chosen[i] = columns[i].select(rows, count);
        }
        return new Batch(count, chosen);
    }

    /** The rows {@code from..to-1}; the same object when that is all of them. */
    public Batch slice(int from, int to) {
        if (from == 0 && to == rowCount) {
            return this;
        }
        ColumnVector[] parts = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            parts[i] = columns[i].slice(from, to);
        }
        return new Batch(to - from, parts);
    }

    /** These columns followed by {@code more}, which must have as many rows. */
    public Batch with(ColumnVector... more) {
        ColumnVector[] all = Arrays.copyOf(columns, columns.length + more.length);
        System.arraycopy(more, 0, all, columns.length, more.length);
        return new Batch(rowCount, all);
    }

    /** Bytes of heap that the values occupy, about. */
    public long sizeBytes() {
        long size = 0;
        for (ColumnVector column : columns) {
            size += column.sizeBytes();
        }
        return size;
    }
}
