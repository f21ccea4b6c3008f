package io.trellisdb.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to aggregate of one time series container of one partition.
 *
 * @param series ranges of encoded series keys, ascending and disjoint ({@link SeriesRanges})
 * @param from the first timestamp, in the column's unit
 * @param to the last timestamp, included
 * @param groupBySeries whether each series has results of its own; else the series are taken together, and FIRST and LAST
 *     mean nothing
 * @param bucket the intervals that have results of their own, or null
 * @param columnIds the columns to aggregate, none of them part of the primary key; may be empty when only rows are counted
 */
public record AggregateRequest(
        long containerId,
        List<KeyRange> series,
        long from,
        long to,
        boolean groupBySeries,
        @Nullable TimeBucket bucket,
        List<Integer> columnIds) {
    public AggregateRequest {
        series = SeriesRanges.checked(series);
        columnIds = List.copyOf(columnIds);
    }
}
