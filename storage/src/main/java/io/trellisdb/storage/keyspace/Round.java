package io.trellisdb.storage.keyspace;

/**
 * Changes that become durable together. Closing without {@link #commit} takes them back, except in memory, where a store
 * whose round failed must be dropped. Confined to one thread.
 */
public interface Round extends AutoCloseable {
    /** Puts a value and returns whether the key is new. */
    boolean put(Keyspace keyspace, byte[] key, byte[] value);

    /** Puts a value if the key is new; otherwise changes nothing and returns false. */
    boolean insert(Keyspace keyspace, byte[] key, byte[] value);

    /** Removes a key and returns whether it was there. */
    boolean delete(Keyspace keyspace, byte[] key);

    void commit();

    @Override
    void close();
}
