package io.trellisdb.storage;

import java.util.Arrays;
import java.util.List;

/** Ranges of encoded series keys: a primary key of a time series without its last part, the timestamp. */
public final class SeriesRanges {
    /** Every series. */
    public static final List<KeyRange> ALL = List.of(KeyRange.ALL);

    /** Bytes of the encoded timestamp that ends a row key: its sign of presence and the number. */
    public static final int TIMESTAMP_LENGTH = 1 + Long.BYTES;

    private SeriesRanges() {}

    /** The ranges, copied; an {@link IllegalArgumentException} unless they ascend without an overlap. */
    static List<KeyRange> checked(List<KeyRange> ranges) {
        List<KeyRange> copy = List.copyOf(ranges);
        for (int i = 1; i < copy.size(); i++) {
            byte[] end = copy.get(i - 1).to();
            byte[] start = copy.get(i).from();
            if (end == null || start == null || Arrays.compareUnsigned(end, start) > 0) {
                throw new IllegalArgumentException("ranges of series overlap or do not ascend: at " + i);
            }
        }
        return copy;
    }

    /** The range that holds a series key, given as the first bytes of an array, or -1. */
    public static int find(List<KeyRange> ranges, byte[] key, int length) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            KeyRange range = ranges.get(middle);
            byte[] from = range.from();
            byte[] to = range.to();
            if (from != null && Arrays.compareUnsigned(key, 0, length, from, 0, from.length) < 0) {
                high = middle - 1;
            } else if (to != null && Arrays.compareUnsigned(key, 0, length, to, 0, to.length) >= 0) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }
}
