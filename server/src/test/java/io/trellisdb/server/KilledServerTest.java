package io.trellisdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.testing.SeededSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server in the middle of a load and looks after its restart: every acknowledged batch is there, whole, in rows and in
 * the index; a batch without an answer is there whole or not at all. The same directory lives on from round to round.
 */
@Tag("slow")
final class KilledServerTest {
    private static final int CLIENTS = 4;
    /** Rows of a batch; more than there are partitions, so that nearly every partition has a part in it. */
    private static final int BATCH_ROWS = 200;

    private static final List<String> JVM = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path directory;

    private final AtomicInteger lastBatch = new AtomicInteger();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

    private ServerProcess server;

    @Test
    void acknowledgedBatchesSurviveASigkill() throws Exception {
        server = start(new Random());
        try {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table load (batch int, i int, v double, primary key (batch, i))"
                        + " partition by hash (i)");
                statement.execute("create index load_by_batch on load (batch)");
            }
            new SeededSuite("server-kill", 10, 0.3).run(this::round);
            assertEquals(143, server.stop());
        } finally {
            server.close();
        }
    }

    /** Loads, kills, starts again and looks; the next round loads what this one has started. */
    private void round(Random random) throws Exception {
        List<Thread> clients = new ArrayList<>();
        AtomicInteger answers = new AtomicInteger();
        int enough = 5 + random.nextInt(200);
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> load(answers));
            clients.add(client);
            client.start();
        }
        while (answers.get() < enough && server.isAlive()) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(server.isAlive(), server.errors());
        server.kill();
        for (Thread client : clients) {
            client.join();
        }
        server = start(random);
        check();
    }

    private ServerProcess start(Random random) throws IOException {
        // Small journals and frequent checkpoints, so that kills meet both.
        return ServerProcess.start(
                directory.resolve("data"),
                JVM,
                "--set",
                "cluster.partitions=16",
                "--set",
                "journal.segmentSize=1 MiB",
                "--set",
                "storage.checkpointBytes=" + (1 + random.nextInt(8)) + " MiB");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url() + "?failoverTimeout=1s");
    }

    private void load(AtomicInteger answers) {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("insert into load values (?, ?, ?)")) {
            while (true) {
                int batch = lastBatch.incrementAndGet();
                for (int i = 0; i < BATCH_ROWS; i++) {
                    insert.setInt(1, batch);
                    insert.setInt(2, i);
                    insert.setDouble(3, batch + i / 1000.0);
                    insert.addBatch();
                }
                insert.executeBatch();
                acknowledged.add(batch);
                answers.incrementAndGet();
            }
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (!state.startsWith("08") && !state.startsWith("57P")) {
                throw new AssertionError("load failed otherwise than by the kill: " + state, e);
            }
        }
    }

    private void check() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Map<Integer, Integer> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery("select batch, count(*), sum(v) from load group by batch")) {
                while (rows.next()) {
                    found.put(rows.getInt(1), rows.getInt(2));
                    double sum = BATCH_ROWS * rows.getInt(1) + BATCH_ROWS * (BATCH_ROWS - 1) / 2 / 1000.0;
                    assertEquals(sum, rows.getDouble(3), 1e-6 * sum, "batch " + rows.getInt(1));
                }
            }
            found.forEach((batch, count) -> assertEquals(BATCH_ROWS, count, "half of a batch: " + batch));
            List<Integer> lost = acknowledged.stream()
                    .filter(batch -> !found.containsKey(batch))
                    .toList();
            assertEquals(List.of(), lost, "acknowledged batches are lost");
            try (PreparedStatement byIndex = connection.prepareStatement("select count(v) from load where batch = ?")) {
                for (int batch : List.of(1, lastBatch.get() / 2, lastBatch.get())) {
                    byIndex.setInt(1, batch);
                    try (ResultSet row = byIndex.executeQuery()) {
                        assertTrue(row.next());
                        assertEquals(found.getOrDefault(batch, 0), row.getInt(1), "index disagrees: batch " + batch);
                    }
                }
            }
        }
    }
}
