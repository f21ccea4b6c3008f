package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.ColumnBound;
import io.trellisdb.storage.KeyRange;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.ScanRequest;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a container on its partitions, one after the other. */
final class ScanOperator implements Operator {
    private final Scan scan;
    private final Execution execution;
    private final DataType[] types;
    private final @Nullable Evaluator filter;
    private final long limit;
    private final KeyRange range;
    private final @Nullable SeriesBounds series;
    private final List<ColumnBound> hints;
    private final Iterator<Integer> partitions;
    private BatchCursor cursor = BatchCursor.empty();
    private long left;

    ScanOperator(Scan scan, Execution execution) {
        this.scan = scan;
        this.execution = execution;
        this.types = Outputs.typeArray(scan.output());
        this.filter = scan.filter() == null ? null : Evaluator.compile(scan.filter(), execution.evaluation());
        this.limit = Counts.of(scan.limit(), ScanRequest.NO_LIMIT, "LIMIT", execution.evaluation());
        ContainerDescriptor container = ScanBounds.container(scan, execution.query());
        if (scan.series() == null) {
            KeyRange keys =
                    ScanBounds.range(scan, container, execution.evaluation()).orElse(null);
            this.range = keys == null ? KeyRange.ALL : keys;
            this.series = null;
            this.hints = List.of();
            this.partitions = (keys == null || limit == 0 ? List.<Integer>of() : partitions()).iterator();
        } else {
            int count = execution.query().services().partitionTable().partitionCount();
            this.range = KeyRange.ALL;
            this.series = SeriesBounds.of(scan.series(), container, count, execution.evaluation());
            this.hints = SeriesBounds.hints(scan.series(), container, execution.evaluation());
            this.partitions = (series.isEmpty() || limit == 0 ? List.<Integer>of() : partitions()).iterator();
        }
    }

    private List<Integer> partitions() {
        return ScanBounds.partitions(scan, execution);
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            execution.query().checkActive();
            Batch batch = left > 0 ? cursor.next() : null;
            if (batch == null) {
                cursor.close();
                if (!partitions.hasNext()) {
                    cursor = BatchCursor.empty();
                    return null;
                }
                cursor = open(partitions.next());
                left = limit;
                continue;
            }
            Batch kept = kept(batch);
            if (kept.rowCount() > 0) {
                return kept;
            }
        }
    }

    private Batch kept(Batch batch) {
        Batch typed = Outputs.typed(batch, types);
        Batch kept = filter == null ? typed : filter.filter(typed);
        if (kept.rowCount() > left) {
            kept = kept.slice(0, (int) left);
        }
        left -= kept.rowCount();
        return kept;
    }

    private BatchCursor open(int partition) {
        PartitionReader reader = execution.query().services().reader(partition);
        if (series != null && series.of(partition).isEmpty()) {
            return BatchCursor.empty();
        }
        if (series != null && scan.series() != null && scan.series().latest()) {
            return LatestCursor.open(reader, scan, scan.series(), series, partition);
        }
        ScanRequest.Access access = scan.indexId() == 0
                ? new ScanRequest.Access.Primary(range)
                : new ScanRequest.Access.Index(scan.indexId(), range);
        return reader.scan(new ScanRequest(
                scan.containerId(),
                scan.columnIds(),
                series == null
                        ? access
                        : new ScanRequest.Access.Series(series.of(partition), series.from(), series.to()),
                scan.descending(),
                filter == null ? limit : ScanRequest.NO_LIMIT,
                scan.withRowKey(),
                hints));
    }

    @Override
    public void close() {
        cursor.close();
    }
}
