package io.trellisdb.storage;

import java.util.List;

/**
 * Asks for the newest row of every series, newest by timestamp whatever the direction of the key.
 *
 * @param series ranges of encoded series keys, ascending and disjoint ({@link SeriesRanges})
 * @param columnIds the columns wanted, in this order
 * @param withRowKey adds the encoded row key as a last VARBINARY column
 */
public record LatestRequest(long containerId, List<KeyRange> series, List<Integer> columnIds, boolean withRowKey) {
    public LatestRequest {
        series = SeriesRanges.checked(series);
        columnIds = List.copyOf(columnIds);
    }
}
