package io.trellisdb.storage;

import org.jspecify.annotations.Nullable;

/**
 * A hint that only rows with a value between these bounds matter. Rows outside, and rows with NULL, may be left out; whoever
 * asks must still filter.
 *
 * @param low the least value wanted, boxed as the column's type is, or null
 * @param high the greatest value wanted, or null
 */
public record ColumnBound(
        int columnId, @Nullable Object low, @Nullable Object high) {
    public ColumnBound {
        if (columnId <= 0) {
            throw new IllegalArgumentException("bound of no column: " + columnId);
        }
    }
}
