package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Buffers rows, counted against the statement's memory, and hands them out as whole columns. */
final class RowStore implements AutoCloseable {
    private final List<DataType> types;
    private final Reservation reservation;
    private final List<Batch> batches = new ArrayList<>();
    private int rowCount;
    private long sizeBytes;

    RowStore(List<DataType> types, Reservation reservation) {
        this.types = types;
        this.reservation = reservation;
    }

    void add(Batch batch) {
        // twice: the columns are copied together at the end
        reservation.atLeast(2 * (sizeBytes + batch.sizeBytes()));
        batches.add(batch);
        sizeBytes += batch.sizeBytes();
        rowCount = Math.addExact(rowCount, batch.rowCount());
    }

    void addAll(BatchCursor input) {
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            add(batch);
        }
    }

    int rowCount() {
        return rowCount;
    }

    /** Each column over all rows. */
    ColumnVector[] columns() {
        ColumnVector[] columns = new ColumnVector[types.size()];
        for (int i = 0; i < columns.length; i++) {
            if (batches.isEmpty()) {
                columns[i] = Vectors.empty(types.get(i));
                continue;
            }
            List<ColumnVector> parts = new ArrayList<>(batches.size());
            for (Batch batch : batches) {
                parts.add(batch.column(i));
            }
            columns[i] = Vectors.concat(parts);
        }
        batches.clear();
        return columns;
    }

    /** Keeps only these rows of columns taken from here. */
    void replace(ColumnVector[] columns, int[] rows, int count) {
        batches.clear();
        sizeBytes = 0;
        rowCount = 0;
        for (int from = 0; from < count; from += Batch.MAX_ROWS) {
            int to = Math.min(count, from + Batch.MAX_ROWS);
            Batch batch = select(columns, rows, from, to);
            batches.add(batch);
            sizeBytes += batch.sizeBytes();
            rowCount += batch.rowCount();
        }
    }

    /** The rows {@code rows[from..to)} of whole columns as one batch. */
    static Batch select(ColumnVector[] columns, int[] rows, int from, int to) {
        int[] part = Arrays.copyOfRange(rows, from, to);
        ColumnVector[] chosen = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            chosen[i] = columns[i].select(part, part.length);
        }
        return new Batch(part.length, chosen);
    }

    @Override
    public void close() {
        batches.clear();
        reservation.close();
    }
}
