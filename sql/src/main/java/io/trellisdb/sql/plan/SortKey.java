package io.trellisdb.sql.plan;

/** One key of an order; the default for NULL is last when ascending and first when descending. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {
    public static SortKey ascending(int column) {
        return new SortKey(column, false, false);
    }
}
