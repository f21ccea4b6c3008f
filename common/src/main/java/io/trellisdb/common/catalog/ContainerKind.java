package io.trellisdb.common.catalog;

/** How a container's rows are kept. */
public enum ContainerKind {
    /** Rows by key. */
    COLLECTION,
    /** Rows by time within series; the last column of the primary key is its TIMESTAMP. */
    TIME_SERIES
}
