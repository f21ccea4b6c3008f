package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.StoredResult;
import java.util.ArrayList;
import java.util.List;

/** Collects what a command answers. Confined to one decision. */
final class Returned {
    private final int[] columns;
    private final BatchBuilder builder;
    private final List<Integer> positions = new ArrayList<>();
    private long count;

    /** @param columns the container's columns to give back, none when nothing is asked for */
    Returned(Target target, int[] columns) {
        List<DataType> types = new ArrayList<>();
        for (int column : columns) {
            types.add(target.types().get(column));
        }
        this.columns = columns;
        this.builder = new BatchBuilder(types, 1);
    }

    /** Counts rows and keeps what of them is asked for. */
    void add(Batch rows, int[] rowPositions) {
        count += rows.rowCount();
        if (columns.length == 0) {
            return;
        }
        if (builder.rowCount() + rows.rowCount() > Batch.MAX_ROWS) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "statement returns too many rows of one partition: at most " + Batch.MAX_ROWS);
        }
        for (int i = 0; i < columns.length; i++) {
            builder.column(i).appendRange(rows.column(columns[i]), 0, rows.rowCount());
        }
        for (int position : rowPositions) {
            positions.add(position);
        }
    }

    /** Counts rows that leave no trace. */
    void countMore(int rows) {
        count += rows;
    }

    StoredResult result() {
        return columns.length == 0 ? StoredResult.ofCount(count) : new StoredResult(count, builder.build(), positions);
    }
}
