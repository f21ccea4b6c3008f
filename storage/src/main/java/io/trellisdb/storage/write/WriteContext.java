package io.trellisdb.storage.write;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.storage.PartitionReader;

/** What a command may use while it decides; valid only during the call. */
public interface WriteContext {
    /** The newest committed state of the partition. Rows must be locked before they are read for a decision. */
    PartitionReader reader();

    /** The newest catalog image that this node knows. */
    Catalog catalog();

    /** Takes the exclusive lock of a row until the statement is done or has failed. */
    void lock(long containerId, byte[] rowKey);

    /** Takes the exclusive lock of a unique index key until the statement is done or has failed. */
    void lockIndexKey(long indexId, byte[] indexKey);

    /**
     * Takes the exclusive lock of a whole container on this partition (TRUNCATE, DROP, schema changes): waits for all row
     * locks of others and keeps new ones out.
     */
    void lockContainer(long containerId);

    /** A hidden row id that this partition has never used for the container. */
    long nextRowId(long containerId);

    /** Milliseconds since the epoch, the same during all runs of one command, for CURRENT_TIMESTAMP and retention. */
    long nowMillis();
}
