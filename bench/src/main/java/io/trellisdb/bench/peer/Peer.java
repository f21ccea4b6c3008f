package io.trellisdb.bench.peer;

import java.sql.Connection;
import java.sql.SQLException;

/** A running database. */
public interface Peer extends AutoCloseable {
    String name();

    /** When a write is acknowledged, such as {@code fsync} or {@code no fsync}. */
    String durability();

    Connection connect() throws SQLException;

    /** Stops it. */
    @Override
    void close();
}
