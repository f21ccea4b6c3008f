package io.trellisdb.common.batch;

import io.trellisdb.common.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills a {@link Batch}, by rows of boxed values ({@link #appendRow}) or column by column ({@link #column}). Confined to
 * one thread.
 */
public final class BatchBuilder {
    private final VectorBuilder[] columns;
    private int rowsWithoutColumns;

    /** {@code expectedRows} only sizes the first allocation. */
    public BatchBuilder(List<DataType> types, int expectedRows) {
        this.columns = new VectorBuilder[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = VectorBuilder.of(types.get(i), Math.min(expectedRows, Batch.MAX_ROWS));
        }
    }

    public int columnCount() {
        return columns.length;
    }

    /** The builder of a column; whoever appends to one column appends as many values to all others before building. */
    public VectorBuilder column(int index) {
        return columns[index];
    }

    /** Appends one row of boxed values. A value that does not fit leaves the builder as it was. */
    public void appendRow(@Nullable Object... values) {
        if (values.length != columns.length) {
            throw new IllegalArgumentException("row has " + values.length + " values, the batch " + columns.length);
        }
        if (isFull()) {
            throw new IllegalStateException("batch is full: " + rowCount());
        }
        int rows = rowCount();
        try {
            for (int i = 0; i < columns.length; i++) {
                columns[i].append(values[i]);
            }
        } catch (RuntimeException e) {
            for (VectorBuilder column : columns) {
                column.truncate(rows);
            }
            throw e;
        }
        rowsWithoutColumns++;
    }

    /** Rows of the first column. */
    public int rowCount() {
        return columns.length == 0 ? rowsWithoutColumns : columns[0].size();
    }

    public boolean isEmpty() {
        return rowCount() == 0;
    }

    /** Whether {@link Batch#MAX_ROWS} is reached. */
    public boolean isFull() {
        return rowCount() >= Batch.MAX_ROWS;
    }

    /** The batch of what was appended. The builder is empty afterwards and may be filled again. */
    public Batch build() {
        int rows = rowCount();
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            vectors[i] = columns[i].build();
        }
        rowsWithoutColumns = 0;
        return new Batch(rows, vectors);
    }

    /** Forgets what was appended since the last {@link #build}. */
    public void reset() {
        for (VectorBuilder column : columns) {
            column.reset();
        }
        rowsWithoutColumns = 0;
    }
}
