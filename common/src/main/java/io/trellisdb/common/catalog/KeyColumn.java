package io.trellisdb.common.catalog;

/** A column's part in a key or index. */
public record KeyColumn(int columnId, boolean descending) {
    public static KeyColumn ascending(int columnId) {
        return new KeyColumn(columnId, false);
    }
}
