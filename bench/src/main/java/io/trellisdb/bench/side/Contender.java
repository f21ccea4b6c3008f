package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Cpu;
import io.trellisdb.bench.peer.DuckDbPeer;
import io.trellisdb.bench.peer.H2Peer;
import io.trellisdb.bench.peer.Peer;
import io.trellisdb.bench.peer.PostgresPeer;
import io.trellisdb.bench.peer.QuestDbPeer;
import io.trellisdb.bench.peer.TrellisPeer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The systems that can be measured, each with its dialect and its way of loading. */
enum Contender {
    TRELLIS("trellis", Dialect.TRELLIS) {
        @Override
        Peer start(Path folder, SideOptions options) {
            return TrellisPeer.start(folder, trellisJvm(options), options.trellisSettings());
        }
    },
    /** Trellis in the durability class of QuestDB and H2. */
    TRELLIS_BUFFERED("trellis-buffered", Dialect.TRELLIS) {
        @Override
        Peer start(Path folder, SideOptions options) {
            List<String> settings = new ArrayList<>(options.trellisSettings());
            settings.add(TrellisPeer.BUFFERED);
            return TrellisPeer.start(folder, trellisJvm(options), settings);
        }
    },
    QUESTDB("questdb", Dialect.QUESTDB) {
        @Override
        Peer start(Path folder, SideOptions options) {
            return QuestDbPeer.start(folder, HEAP);
        }
    },
    POSTGRES("postgres", Dialect.POSTGRES) {
        @Override
        Peer start(Path folder, SideOptions options) {
            return PostgresPeer.start(folder, List.of("shared_buffers=1GB", "max_wal_size=4GB", "work_mem=64MB"));
        }
    },
    DUCKDB("duckdb", Dialect.DUCKDB) {
        @Override
        Peer start(Path folder, SideOptions options) throws SQLException {
            return DuckDbPeer.start(folder);
        }

        @Override
        RowWriter inserter(Connection connection, String table, Cpu cpu) throws SQLException {
            return new DuckDbRowWriter(connection, table, cpu);
        }
    },
    H2("h2", Dialect.H2) {
        @Override
        Peer start(Path folder, SideOptions options) {
            return H2Peer.start(folder, HEAP);
        }
    };

    private static final List<String> HEAP = List.of("-Xmx4g");

    private final String label;
    private final Dialect dialect;

    Contender(String label, Dialect dialect) {
        this.label = label;
        this.dialect = dialect;
    }

    abstract Peer start(Path folder, SideOptions options) throws SQLException;

    /** Writes new rows in batches; takes the connection over. */
    RowWriter inserter(Connection connection, String table, Cpu cpu) throws SQLException {
        return new JdbcRowWriter(connection, dialect.insert(table), cpu, needsTransactions());
    }

    /** Writes new rows or replaces those with their keys; takes the connection over. */
    RowWriter upserter(Connection connection, String table, Cpu cpu) throws SQLException {
        return new JdbcRowWriter(connection, dialect.upsert(table), cpu, needsTransactions());
    }

    /** Inserts rows by the prepared statement in autocommit mode; takes the connection over. */
    RowWriter singly(Connection connection, String table, Cpu cpu) throws SQLException {
        return new JdbcRowWriter(connection, dialect.insert(table), cpu, false);
    }

    /** Elsewhere a batch in autocommit mode would commit each row. */
    private boolean needsTransactions() {
        return dialect != Dialect.TRELLIS;
    }

    private static List<String> trellisJvm(SideOptions options) {
        List<String> all = new ArrayList<>(HEAP);
        all.addAll(options.trellisJvm());
        return all;
    }

    /** The name in options. */
    String label() {
        return label;
    }

    Dialect dialect() {
        return dialect;
    }

    boolean isTrellis() {
        return dialect == Dialect.TRELLIS;
    }
}
