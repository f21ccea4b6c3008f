package io.trellisdb.storage;

import java.util.List;

/**
 * What to read from one container of one partition.
 *
 * @param columnIds the columns wanted, in this order; may be empty when only rows are counted
 * @param access which rows, and in which order they come
 * @param descending the order reversed
 * @param limit the most rows wanted, {@link #NO_LIMIT} for all
 * @param withRowKey adds the encoded row key as a last VARBINARY column
 * @param bounds hints which rows matter: others may be left out, so that a limit counts only when there are none
 */
public record ScanRequest(
        long containerId,
        List<Integer> columnIds,
        Access access,
        boolean descending,
        long limit,
        boolean withRowKey,
        List<ColumnBound> bounds) {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    public ScanRequest {
        columnIds = List.copyOf(columnIds);
        bounds = List.copyOf(bounds);
    }

    /** A scan without hints. */
    public ScanRequest(
            long containerId,
            List<Integer> columnIds,
            Access access,
            boolean descending,
            long limit,
            boolean withRowKey) {
        this(containerId, columnIds, access, descending, limit, withRowKey, List.of());
    }

    /** All columns asked for, all rows, in key order. */
    public static ScanRequest all(long containerId, List<Integer> columnIds) {
        return new ScanRequest(containerId, columnIds, new Access.Primary(KeyRange.ALL), false, NO_LIMIT, false);
    }

    /** The way to the rows. */
    public sealed interface Access {
        /** Rows whose encoded row key lies in the range, in key order. */
        record Primary(KeyRange range) implements Access {}

        /** Rows whose encoded index key lies in the range, in index order, then key order; the index must be public. */
        record Index(long indexId, KeyRange range) implements Access {}

        /**
         * Rows of a time series whose encoded series key (the row key without its last part) lies in one of the ranges and
         * whose timestamp, in the column's unit, lies in {@code from..to}, both included; in key order.
         *
         * @param series ascending and disjoint ({@link SeriesRanges})
         */
        record Series(List<KeyRange> series, long from, long to) implements Access {
            public Series {
                series = SeriesRanges.checked(series);
            }
        }
    }
}
