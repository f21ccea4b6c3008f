package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.SeriesAccess;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.LatestRequest;
import io.trellisdb.storage.PartitionReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest row of each series, without those that are older than the first time wanted. Confined to one thread. */
final class LatestCursor implements BatchCursor {
    private final BatchCursor rows;
    private final int columns;
    private final long from;

    private LatestCursor(BatchCursor rows, int columns, long from) {
        this.rows = rows;
        this.columns = columns;
        this.from = from;
    }

    static BatchCursor open(
            PartitionReader reader, Scan scan, SeriesAccess access, SeriesBounds bounds, int partition) {
        boolean isBounded = bounds.from() > Long.MIN_VALUE;
        List<Integer> columns = new ArrayList<>(scan.columnIds());
        if (isBounded) {
            columns.add(access.timeColumn());
        }
        BatchCursor rows = reader.latest(new LatestRequest(scan.containerId(), bounds.of(partition), columns, false));
        return isBounded ? new LatestCursor(rows, scan.columnIds().size(), bounds.from()) : rows;
    }

    @Override
    public @Nullable Batch next() {
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            LongVector times = (LongVector) batch.column(columns);
            int[] kept = new int[batch.rowCount()];
            int count = 0;
            for (int row = 0; row < kept.length; row++) {
                if (times.get(row) >= from) {
                    kept[count++] = row;
                }
            }
            if (count > 0) {
                int[] wanted = Outputs.identity(columns);
                return (count == kept.length ? batch : batch.select(kept, count)).project(wanted);
            }
        }
        return null;
    }

    @Override
    public void close() {
        rows.close();
    }
}
