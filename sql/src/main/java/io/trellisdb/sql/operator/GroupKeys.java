package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVectorBuilder;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.codec.KeyCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.SeriesAccess;
import io.trellisdb.sql.plan.SeriesAggregate;
import io.trellisdb.storage.AggregateCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The group columns of aggregated series: the parts of the series key that are needed, read from its encoded form, and the
 * bucket's start. Confined to one thread.
 */
final class GroupKeys {
    private static final long SECONDS_PER_DAY = 86_400;

    private final Scan scan;
    private final List<SeriesAggregate.Group> groups;
    private final @Nullable KeyCodec codec;
    private final @Nullable VectorBuilder[] parts;
    private final int[] partOfPosition;
    private final boolean needSeries;
    private final @Nullable VectorBuilder starts;
    private final long factor;

    /** @param codec of the series key; null when it is empty */
    GroupKeys(SeriesAggregate plan, @Nullable KeyCodec codec) {
        this.scan = plan.input();
        this.groups = plan.groups();
        this.codec = codec;
        SeriesAccess access = Objects.requireNonNull(scan.series(), "series");
        this.parts = new VectorBuilder[access.keyColumns().size()];
        this.partOfPosition = new int[scan.columnIds().size()];
        for (int i = 0; i < partOfPosition.length; i++) {
            partOfPosition[i] = access.keyColumns().indexOf(scan.columnIds().get(i));
        }
        Set<Integer> positions = new TreeSet<>();
        collect(scan.filter(), positions);
        SeriesAggregate.Group.Bucket bucket = null;
        for (SeriesAggregate.Group group : groups) {
            if (group instanceof SeriesAggregate.Group.KeyColumn column) {
                positions.add(column.position());
            } else {
                bucket = (SeriesAggregate.Group.Bucket) group;
            }
        }
        for (int position : positions) {
            parts[partOfPosition[position]] =
                    VectorBuilder.of(scan.output().get(position).type(), 16);
        }
        this.needSeries = !positions.isEmpty();
        this.starts = bucket == null ? null : VectorBuilder.of(bucket.type(), 16);
        this.factor =
                bucket == null ? 1 : factor(scan.output().get(bucket.position()).type(), bucket.type());
    }

    private static void collect(@Nullable Expression expression, Set<Integer> positions) {
        if (expression instanceof ColumnRef column) {
            positions.add(column.index());
        } else if (expression != null) {
            expression.arguments().forEach(argument -> collect(argument, positions));
        }
    }

    /** What a start is multiplied with, or divided by for days. */
    private static long factor(DataType column, DataType result) {
        return result.kind() == TypeKind.DATE
                ? SECONDS_PER_DAY * Boxing.powerOfTen(column.precision())
                : Boxing.powerOfTen(result.precision() - column.precision());
    }

    /** Whether results must come by series. */
    boolean needSeries() {
        return needSeries;
    }

    List<DataType> types() {
        List<DataType> types = new ArrayList<>();
        for (SeriesAggregate.Group group : groups) {
            types.add(
                    group instanceof SeriesAggregate.Group.KeyColumn column
                            ? scan.output().get(column.position()).type()
                            : ((SeriesAggregate.Group.Bucket) group).type());
        }
        return types;
    }

    void add(AggregateCursor result) {
        if (needSeries && codec != null) {
            codec.decode(result.seriesKey(), 0, parts);
        }
        if (starts instanceof IntVectorBuilder days) {
            long day = Math.floorDiv(result.bucketStart(), factor);
            if (day != (int) day) {
                throw new TrellisException(
                        ErrorCode.DATETIME_OVERFLOW, "value is out of range of DATE: " + day + " days since 1970");
            }
            days.appendInt((int) day);
        } else if (starts instanceof LongVectorBuilder times) {
            times.appendLong(scaled(result.bucketStart()));
        }
    }

    private long scaled(long start) {
        if (factor == 1) {
            return start;
        }
        if (Math.multiplyHigh(start, factor) != start * factor >> 63) {
            throw new TrellisException(
                    ErrorCode.DATETIME_OVERFLOW, "value is out of range of a finer TIMESTAMP: start of a bucket");
        }
        return start * factor;
    }

    /** The collected values as a batch of the scan's columns; those that are not part of a needed key column are NULL. */
    Batch build(int count) {
        ColumnVector[] byPart = new ColumnVector[parts.length];
        for (int i = 0; i < parts.length; i++) {
            VectorBuilder builder = parts[i];
            byPart[i] = builder == null ? Vectors.nulls(DataType.NULL, count) : builder.build();
        }
        ColumnVector[] columns = new ColumnVector[partOfPosition.length + 1];
        for (int i = 0; i < partOfPosition.length; i++) {
            columns[i] = partOfPosition[i] < 0 ? Vectors.nulls(DataType.NULL, count) : byPart[partOfPosition[i]];
        }
        columns[partOfPosition.length] = starts == null ? Vectors.nulls(DataType.NULL, count) : starts.build();
        return new Batch(count, columns);
    }

    /** The group columns of a built batch. */
    ColumnVector[] groups(Batch built) {
        ColumnVector[] columns = new ColumnVector[groups.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = groups.get(i) instanceof SeriesAggregate.Group.KeyColumn column
                    ? built.column(column.position())
                    : built.column(built.columnCount() - 1);
        }
        return columns;
    }
}
