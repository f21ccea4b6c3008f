package io.trellisdb.bench.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/** DuckDB inside this program, its database in a file or, for reference answers, in memory. */
public final class DuckDbPeer implements Peer {
    private static final String SETTINGS = "embedded, threads=2, memory_limit=4GB";

    private final DuckDBConnection first;
    private final long residentBefore;

    private DuckDbPeer(DuckDBConnection first, long residentBefore) {
        this.first = first;
        this.residentBefore = residentBefore;
    }

    public static DuckDbPeer start(Path folder) throws SQLException {
        ResidentMemory.resetOwnPeak();
        long residentBefore = ResidentMemory.now(ProcessHandle.current().pid());
        Path file = folder.resolve("duck.db");
        return new DuckDbPeer(open("jdbc:duckdb:" + file), residentBefore);
    }

    /** A database in memory that lives as long as its connection. */
    public static Connection inMemory() throws SQLException {
        return open("jdbc:duckdb:");
    }

    private static DuckDBConnection open(String url) throws SQLException {
        DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set threads = 2");
            statement.execute("set memory_limit = '4GB'");
        }
        return connection;
    }

    @Override
    public String name() {
        return "DuckDB";
    }

    @Override
    public String durability() {
        return "fsync";
    }

    @Override
    public Connection connect() throws SQLException {
        return first.duplicate();
    }

    @Override
    public String settings() {
        return SETTINGS;
    }

    /** What this program's peak grew by since the database was opened. */
    @Override
    public long residentPeakBytes() {
        return Math.max(0, ResidentMemory.peak(ProcessHandle.current().pid()) - residentBefore);
    }

    @Override
    public long bytesOnDisk(String table) throws SQLException {
        try (Statement statement = first.createStatement()) {
            statement.execute("checkpoint");
            // The file never shrinks: blocks that dropped tables left behind do not count.
            try (ResultSet size =
                    statement.executeQuery("select block_size * used_blocks from pragma_database_size()")) {
                size.next();
                return size.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        try {
            first.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB did not close", e);
        }
    }
}
