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
 */
public record ScanRequest(
        long containerId, List<Integer> columnIds, Access access, boolean descending, long limit, boolean withRowKey) {
    public static final long NO_LIMIT = Long.MAX_VALUE;

    public ScanRequest {
        columnIds = List.copyOf(columnIds);
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
    }
}
