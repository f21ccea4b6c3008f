package io.trellisdb.sql.operator;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.SeriesAccess;
import io.trellisdb.sql.plan.SeriesAggregate;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.LatestRequest;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.TimeBucket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the stores of the partitions answer to a series aggregation, some results at a time. Confined to one thread. */
final class SeriesResults implements AutoCloseable {
    private static final int MAX_RESULTS = 1024;

    private final SeriesAggregate plan;
    private final Execution execution;
    private final SeriesBounds bounds;
    private final List<Integer> partitions;
    private final List<Integer> columnIds = new ArrayList<>();
    private final int[] places;
    private final boolean bySeries;
    private final @Nullable TimeBucket bucket;
    private final GroupKeys keys;
    private final @Nullable Evaluator filter;
    private final ColumnAggregate[][] aggregates;
    private final long[] rows = new long[MAX_RESULTS];
    private final long[] starts = new long[MAX_RESULTS];
    private final long newest;
    private final Set<Long> buckets = new HashSet<>();
    private @Nullable BucketWindows windows;
    private Iterator<Integer> waiting = List.<Integer>of().iterator();
    private AggregateCursor cursor = AggregateCursor.empty();

    SeriesResults(SeriesAggregate plan, Execution execution) {
        this.plan = plan;
        this.execution = execution;
        Scan scan = plan.input();
        SeriesAccess access = Objects.requireNonNull(scan.series(), "series");
        ContainerDescriptor container = ScanBounds.container(scan, execution.query());
        int count = execution.query().services().partitionTable().partitionCount();
        this.bounds = SeriesBounds.of(access, container, count, execution.evaluation());
        this.partitions = bounds.isEmpty() ? List.of() : ScanBounds.partitions(scan, execution);
        this.places = places(plan);
        this.keys = new GroupKeys(plan, codec(access, container));
        this.bySeries = keys.needSeries();
        this.bucket = bucket(plan);
        this.filter = scan.filter() == null ? null : Evaluator.compile(scan.filter(), execution.evaluation());
        this.aggregates = new ColumnAggregate[columnIds.size()][MAX_RESULTS];
        this.newest = Counts.of(plan.newestBuckets(), Long.MAX_VALUE, "LIMIT", execution.evaluation());
    }

    private static @Nullable KeyCodec codec(SeriesAccess access, ContainerDescriptor container) {
        List<KeyCodec.KeyPart> parts = new ArrayList<>();
        for (KeyColumn column :
                container.primaryKey().subList(0, access.keyColumns().size())) {
            parts.add(new KeyCodec.KeyPart(container.column(column.columnId()).type(), column.descending()));
        }
        return parts.isEmpty() ? null : new KeyCodec(parts);
    }

    private static @Nullable TimeBucket bucket(SeriesAggregate plan) {
        for (SeriesAggregate.Group group : plan.groups()) {
            if (group instanceof SeriesAggregate.Group.Bucket each) {
                return new TimeBucket(Math.floorMod(each.origin(), each.width()), each.width());
            }
        }
        return null;
    }

    /** For each call the place of its column among those asked for, or -1 when rows are counted. */
    private int[] places(SeriesAggregate of) {
        int[] found = new int[of.calls().size()];
        SeriesAccess access = Objects.requireNonNull(of.input().series(), "series");
        for (int i = 0; i < found.length; i++) {
            AggregateCall call = of.calls().get(i);
            int id = call.arguments().isEmpty()
                    ? 0
                    : of.input().columnIds().get(call.arguments().get(0));
            if (id == 0 || id == access.timeColumn() || access.keyColumns().contains(id)) {
                // columns of the key are never NULL
                found[i] = -1;
                continue;
            }
            if (!columnIds.contains(id)) {
                columnIds.add(id);
            }
            found[i] = columnIds.indexOf(id);
        }
        return found;
    }

    /** Some results: their group keys by columns, then what {@link #rows} and {@link #aggregate} say. */
    record Chunk(ColumnVector[] keys, int[] results, int count) {}

    /** The next results; null at the end. */
    @Nullable
    Chunk next() {
        while (true) {
            execution.query().checkActive();
            int count = fill();
            if (count == 0) {
                return null;
            }
            Batch columns = keys.build(count);
            int[] results = Outputs.identity(count);
            int kept = filter == null ? count : filter.selectTrue(columns, results);
            if (newest < Long.MAX_VALUE) {
                for (int i = 0; i < kept; i++) {
                    buckets.add(starts[results[i]]);
                }
            }
            if (kept > 0) {
                return new Chunk(keys.groups(columns), results, kept);
            }
        }
    }

    long rows(int result) {
        return rows[result];
    }

    /** The aggregate of a call's column; null when the call counts rows. */
    @Nullable
    ColumnAggregate aggregate(int call, int result) {
        return places[call] < 0 ? null : aggregates[places[call]][result];
    }

    private int fill() {
        int count = 0;
        while (count < MAX_RESULTS) {
            if (!cursor.next()) {
                if (count > 0 && !waiting.hasNext() || !advance()) {
                    return count;
                }
                continue;
            }
            keys.add(cursor);
            starts[count] = cursor.bucketStart();
            rows[count] = cursor.rows();
            for (int i = 0; i < aggregates.length; i++) {
                aggregates[i][count] = cursor.aggregate(i);
            }
            count++;
        }
        return count;
    }

    /** Opens the next partition, or the first one for earlier times. */
    private boolean advance() {
        cursor.close();
        cursor = AggregateCursor.empty();
        if (!waiting.hasNext()) {
            BucketWindows times = windows;
            boolean isMore;
            if (times == null) {
                times = windows();
                windows = times;
                isMore = times.from() <= times.to() && newest > 0;
            } else {
                isMore = times.next(buckets.size());
            }
            if (!isMore || partitions.isEmpty()) {
                return false;
            }
            waiting = partitions.iterator();
        }
        int partition = waiting.next();
        BucketWindows times = Objects.requireNonNull(windows);
        if (!bounds.of(partition).isEmpty()) {
            execution.query().checkActive();
            cursor = reader(partition).aggregate(request(partition, times.from(), times.to(), bySeries, bucket));
        }
        return true;
    }

    private PartitionReader reader(int partition) {
        return execution.query().services().reader(partition);
    }

    private AggregateRequest request(
            int partition, long from, long to, boolean groupBySeries, @Nullable TimeBucket by) {
        return new AggregateRequest(
                plan.input().containerId(), bounds.of(partition), from, to, groupBySeries, by, columnIds);
    }

    private BucketWindows windows() {
        long from = bounds.from();
        long to = bounds.to();
        if (bucket == null) {
            return BucketWindows.all(from, to);
        }
        long first = firstStart(bucket);
        if (newest < Long.MAX_VALUE && newest > 0) {
            to = Math.min(to, newestTime());
        }
        if (from < first) {
            requireNoRows(from, Math.min(first - 1, to));
            from = first;
        }
        return newest == Long.MAX_VALUE || newest == 0 || from > to
                ? BucketWindows.all(from, to)
                : BucketWindows.newest(from, to, newest, bucket);
    }

    /** From this time on, starts of buckets can be computed in 64 bits. */
    private static long firstStart(TimeBucket bucket) {
        long width = bucket.width();
        long gap = Math.floorMod(bucket.origin() - Math.floorMod(Long.MIN_VALUE, width), width);
        return Long.MIN_VALUE + gap + (gap < bucket.origin() ? width : 0);
    }

    private void requireNoRows(long from, long to) {
        if (from > to) {
            return;
        }
        for (int partition : partitions) {
            if (bounds.of(partition).isEmpty()) {
                continue;
            }
            try (AggregateCursor early = reader(partition).aggregate(request(partition, from, to, false, null))) {
                if (early.next()) {
                    throw new TrellisException(
                            ErrorCode.DATETIME_OVERFLOW, "value is out of range of TIMESTAMP: start of a bucket");
                }
            }
        }
    }

    /** The time of the newest row of all series; the least time when there are no rows. */
    private long newestTime() {
        long time = Long.MIN_VALUE;
        SeriesAccess access = Objects.requireNonNull(plan.input().series());
        for (int partition : partitions) {
            if (bounds.of(partition).isEmpty()) {
                continue;
            }
            LatestRequest request = new LatestRequest(
                    plan.input().containerId(), bounds.of(partition), List.of(access.timeColumn()), false);
            try (BatchCursor latest = reader(partition).latest(request)) {
                for (Batch batch = latest.next(); batch != null; batch = latest.next()) {
                    LongVector times = (LongVector) batch.column(0);
                    for (int row = 0; row < batch.rowCount(); row++) {
                        time = Math.max(time, times.get(row));
                    }
                }
            }
        }
        return time;
    }

    /** The types of the groups. */
    List<DataType> keyTypes() {
        return keys.types();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
