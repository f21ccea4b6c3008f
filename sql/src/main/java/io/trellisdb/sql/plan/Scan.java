package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one container on the partitions given to the fragment.
 *
 * @param schemaVersion the container's version that the plan was made for
 * @param columnIds the columns that the scan outputs, in order (ids)
 * @param indexId the index read, or 0 for the row key
 * @param series the part of a time series that is read in place of {@code range}, or null
 * @param filter a condition over the output columns, or null; rows that do not satisfy it are dropped
 * @param limit the most rows per partition, an expression free of columns, or null
 * @param withRowKey adds the encoded row key as a last VARBINARY output column
 */
public record Scan(
        String table,
        long containerId,
        int schemaVersion,
        List<Integer> columnIds,
        long indexId,
        ScanRange range,
        @Nullable SeriesAccess series,
        boolean descending,
        @Nullable Expression filter,
        @Nullable Expression limit,
        boolean withRowKey,
        ScanPartitions partitions,
        List<OutputColumn> output)
        implements PlanNode {
    public Scan {
        output = List.copyOf(output);
        columnIds = List.copyOf(columnIds);
    }

    /** A scan of a key or index. */
    public Scan(
            String table,
            long containerId,
            int schemaVersion,
            List<Integer> columnIds,
            long indexId,
            ScanRange range,
            boolean descending,
            @Nullable Expression filter,
            @Nullable Expression limit,
            boolean withRowKey,
            ScanPartitions partitions,
            List<OutputColumn> output) {
        this(
                table,
                containerId,
                schemaVersion,
                columnIds,
                indexId,
                range,
                null,
                descending,
                filter,
                limit,
                withRowKey,
                partitions,
                output);
    }

    /** The same rows the other way round. */
    public Scan reversed() {
        return changed(series, !descending, limit);
    }

    /** At most this many rows per partition. */
    public Scan limitedTo(Expression newLimit) {
        return changed(series, descending, newLimit);
    }

    /** The same scan of another part of the time series. */
    public Scan of(SeriesAccess newSeries) {
        return changed(newSeries, descending, limit);
    }

    private Scan changed(@Nullable SeriesAccess newSeries, boolean newDescending, @Nullable Expression newLimit) {
        return new Scan(
                table,
                containerId,
                schemaVersion,
                columnIds,
                indexId,
                range,
                newSeries,
                newDescending,
                filter,
                newLimit,
                withRowKey,
                partitions,
                output);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }
}
