package io.trellisdb.storage.keyspace;

/** The keyspaces of all partitions of a node. Failures are {@code TrellisException}s and leave the store unusable. */
public interface KeyspaceStore extends AutoCloseable {
    /** Cheap after the first call. */
    Keyspace keyspace(KeyspaceKind kind, int partition);

    /** What concerns no partition: the store's own marks. */
    Keyspace marks();

    Round begin();

    /** Returns when every committed round is durable. */
    void flush();

    /** Gives back the disk space of what was overwritten and deleted, as far as that is worth its time. */
    default void compact() {}

    /** Releases everything; flushes nothing by itself. */
    @Override
    void close();
}
