package io.trellisdb.bench.peer;

import java.sql.Connection;
import java.sql.SQLException;

/** A running database, alone in a folder of its own. */
public interface Peer extends AutoCloseable {
    String name();

    /** When a write is acknowledged, such as {@code fsync} or {@code no fsync}. */
    String durability();

    Connection connect() throws SQLException;

    /** What it was started with: heap, caches, flags. */
    String settings();

    /** Waits until every acknowledged row of a table can be read. Most systems have nothing to wait for. */
    default void awaitVisible(Connection connection, String table) throws SQLException {}

    /** What its documentation advises between a load and queries, such as gathering statistics. */
    default void settle(Connection connection, String table) throws SQLException {}

    /**
     * The most memory that was resident since the start, in bytes: of the largest of the processes that run now where it has
     * several, and as it says itself where it has none of its own.
     */
    long residentPeakBytes() throws SQLException;

    /**
     * Flushes and tells the bytes on disk that a table takes, the only one there is; after that the peer can only be closed.
     *
     * @throws SQLException when it does not tell
     */
    long bytesOnDisk(String table) throws SQLException;

    /** Stops it. */
    @Override
    void close();
}
