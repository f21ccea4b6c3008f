package io.trellisdb.common.catalog;

import java.util.List;

/**
 * A secondary index, which also enforces UNIQUE constraints.
 *
 * @param id unique in the cluster, never reused
 * @param constraint true when it was made by a UNIQUE constraint rather than CREATE INDEX
 */
public record IndexDescriptor(
        long id, String name, boolean unique, boolean constraint, List<KeyColumn> columns, State state) {
    /** An index is built by log entries; only a public one is read. */
    public enum State {
        /** Kept up to date by writes, not complete. */
        WRITE_ONLY,
        /** Existing rows are being added. */
        BACKFILL,
        PUBLIC,
        /** The build found a duplicate; the index only waits to be dropped. */
        FAILED
    }

    public IndexDescriptor {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("index has no columns: " + name);
        }
    }

    public IndexDescriptor in(State newState) {
        return new IndexDescriptor(id, name, unique, constraint, columns, newState);
    }
}
