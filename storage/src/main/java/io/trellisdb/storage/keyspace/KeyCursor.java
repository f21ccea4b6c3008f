package io.trellisdb.storage.keyspace;

/**
 * Walks a keyspace. It sees changes that are made while it walks. Short-lived: whoever waits for a client between two steps
 * closes it and seeks again. Confined to one thread.
 */
public interface KeyCursor extends AutoCloseable {
    /** Moves to the first entry at or above the key; false when there is none. */
    boolean seek(byte[] key);

    /** Moves to the last entry below the key; false when there is none. */
    boolean seekBelow(byte[] key);

    /** Moves up by one; false at the end. Only after a move that returned true. */
    boolean next();

    /** Moves down by one; false at the beginning. Only after a move that returned true. */
    boolean previous();

    /** The key here, not to be written. */
    byte[] key();

    /** The value here, not to be written. */
    byte[] value();

    @Override
    void close();
}
