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

    private DuckDbPeer(DuckDBConnection first) {
        this.first = first;
    }

    public static DuckDbPeer start(Path folder) throws SQLException {
        Path file = folder.resolve("duck.db");
        return new DuckDbPeer(open("jdbc:duckdb:" + file));
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

    /** What its own account says now; this program's memory holds other things, too. */
    @Override
    public long residentPeakBytes() throws SQLException {
        return ask("select sum(memory_usage_bytes)::bigint from duckdb_memory()");
    }

    private long ask(String sql) throws SQLException {
        try (Statement statement = first.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    @Override
    public long bytesOnDisk(String table) throws SQLException {
        try (Statement statement = first.createStatement()) {
            statement.execute("checkpoint");
        }
        // The file never shrinks: blocks that dropped tables left behind do not count.
        return ask("select block_size * used_blocks from pragma_database_size()");
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
