package io.trellisdb.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** QuestDB in a process of its own, spoken to in PostgreSQL's protocol. */
public final class QuestDbPeer implements Peer {
    private static final int READY_ATTEMPTS = 600;
    private static final long PAUSE_MILLIS = 100;
    private static final long VISIBLE_PAUSE_MILLIS = 5;
    private static final long STALLED_MILLIS = 120_000;

    private final JavaProcess process;
    private final Path home;
    private final String url;
    private final List<String> jvmOptions;

    private QuestDbPeer(JavaProcess process, Path home, String url, List<String> jvmOptions) {
        this.process = process;
        this.home = home;
        this.url = url;
        this.jvmOptions = jvmOptions;
    }

    public static QuestDbPeer start(Path folder, List<String> jvmOptions) {
        Path home = folder.resolve("questdb");
        int port = Ports.free();
        configure(home, port);
        JavaProcess process = JavaProcess.startLogged(
                folder.resolve("questdb.log"), jvmOptions, List.of("io.questdb.ServerMain", "-d", home.toString()));
        QuestDbPeer peer = new QuestDbPeer(
                process, home, "jdbc:postgresql://127.0.0.1:" + port + "/qdb?sslmode=disable", jvmOptions);
        peer.awaitReady();
        return peer;
    }

    private static void configure(Path home, int port) {
        try {
            Files.createDirectories(home.resolve("conf"));
            Files.writeString(home.resolve("conf").resolve("server.conf"), """
                    pg.net.bind.to=127.0.0.1:%d
                    http.enabled=false
                    http.min.enabled=false
                    line.tcp.enabled=false
                    telemetry.enabled=false
                    metrics.enabled=false
                    shared.worker.count=2
                    """.formatted(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        for (int attempt = 0; attempt < READY_ATTEMPTS; attempt++) {
            if (!process.isAlive()) {
                break;
            }
            try {
                connect().close();
                return;
            } catch (SQLException e) {
                pause(PAUSE_MILLIS);
            }
        }
        process.close();
        throw new IllegalStateException("QuestDB did not become ready");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for QuestDB", e);
        }
    }

    @Override
    public String name() {
        return "QuestDB 9.3.4";
    }

    @Override
    public String durability() {
        return "no fsync";
    }

    @Override
    public Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", "admin");
        login.setProperty("password", "quest");
        return DriverManager.getConnection(url, login);
    }

    @Override
    public String settings() {
        return String.join(" ", jvmOptions) + ", shared.worker.count=2, WAL, DEDUP UPSERT KEYS(ts, host), by day";
    }

    /** Waits until the write-ahead log is applied: its newest transaction is the table's. */
    @Override
    public void awaitVisible(Connection connection, String table) throws SQLException {
        String sql =
                "select sequencerTxn - writerTxn, suspended, writerTxn from wal_tables() where name = '" + table + "'";
        long lastApplied = -1;
        long waited = 0;
        while (waited < STALLED_MILLIS) {
            try (Statement statement = connection.createStatement();
                    ResultSet state = statement.executeQuery(sql)) {
                if (!state.next() || state.getBoolean(2)) {
                    throw new IllegalStateException("QuestDB does not apply its log: " + table);
                }
                if (state.getLong(1) == 0) {
                    return;
                }
                waited = state.getLong(3) == lastApplied ? waited + VISIBLE_PAUSE_MILLIS : 0;
                lastApplied = state.getLong(3);
            }
            pause(VISIBLE_PAUSE_MILLIS);
        }
        throw new IllegalStateException("QuestDB stopped applying its log: " + table);
    }

    @Override
    public long residentPeakBytes() {
        return ResidentMemory.peakOfFamily(process.id());
    }

    /**
     * The table's files after a stop, which gives back the space that a running writer keeps allocated ahead; without its
     * write-ahead log, which is purged once applied.
     */
    @Override
    public long bytesOnDisk(String table) throws SQLException {
        process.close();
        try (Stream<Path> files = Files.walk(home.resolve("db"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> belongsTo(home.resolve("db").relativize(file), table))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean belongsTo(Path file, String table) {
        return file.getNameCount() > 1
                && file.getName(0).toString().startsWith(table + "~")
                && !file.getName(1).toString().startsWith("wal")
                && !file.getName(1).toString().equals("txn_seq");
    }

    @Override
    public void close() {
        process.close();
    }
}
