package io.trellisdb.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.network.FrameClient;
import io.trellisdb.server.node.TrellisNode;
import io.trellisdb.sql.session.SessionInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over real sockets with the real driver. */
final class SqlSessionsTest {
    private static final int NUMBERS = 2_000;
    /** Takes years unless somebody ends it. */
    private static final String ENDLESS = "select count(*) from numbers a, numbers b, numbers c, numbers d, numbers e"
            + " where a.n + b.n + c.n + d.n + e.n < 0";

    @TempDir
    private static Path directory;

    private static TrellisNode node;

    private long fullPool;

    @BeforeAll
    static void fill() throws SQLException {
        start();
        try (Connection connection = connect()) {
            run(connection, "create table numbers (n int primary key) partition by hash (n)");
            try (PreparedStatement insert = connection.prepareStatement("insert into numbers values (?)")) {
                for (int i = 0; i < NUMBERS; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private static void start() {
        node = new TrellisNode(
                ServerConfig.of(Map.of(
                        "node.listen", "127.0.0.1:0",
                        "http.listen", "",
                        "cluster.partitions", "4",
                        "query.workers", "4",
                        "connections.stopTimeout", "200 ms")),
                directory);
        node.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void isFree() {
        await().until(() -> node.registry().size() == 0);
        fullPool = node.sessions().memoryPool().get();
    }

    @AfterEach
    void everythingIsGivenBack() {
        await().until(() -> node.registry().size() == 0);
        assertEquals(fullPool, node.sessions().memoryPool().get());
    }

    private static String url() {
        return "jdbc:trellis://127.0.0.1:" + node.sqlAddress().orElseThrow().getPort() + "/";
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?failoverTimeout=2s");
    }

    private static void run(Connection connection, String... texts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    private static long ask(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(text)) {
            assertTrue(rows.next());
            return rows.getLong(1);
        }
    }

    private SessionInfo awaitEndless() {
        return await().until(
                        () -> node.registry().infos().stream()
                                .filter(info -> info.statement().stream().anyMatch(text -> text.equals(ENDLESS)))
                                .toList(),
                        found -> found.size() == 1)
                .get(0);
    }

    /** Runs the endless statement, perhaps with a timeout; the SQLSTATE it ends with. */
    private CompletableFuture<String> endless(int timeoutSeconds) {
        return CompletableFuture.supplyAsync(() -> {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(timeoutSeconds);
                statement.executeQuery(ENDLESS).next();
                return "00000";
            } catch (SQLException e) {
                return e.getSQLState();
            }
        });
    }

    @Test
    void dataAndCatalogSurviveARestart() throws SQLException {
        try (Connection connection = connect()) {
            run(connection, "create index by_n on numbers (n desc)", "create database other");
        }
        stop();
        start();

        try (Connection connection = connect()) {
            assertEquals(NUMBERS, ask(connection, "select count(*) from numbers"));
            assertEquals(7, ask(connection, "select n from numbers where n = 7"));
            run(connection, "use other", "create table numbers (n int)");
            assertEquals(0, ask(connection, "select count(*) from numbers"));
        }
    }

    @Test
    void aStatementIsCancelledFromAnotherConnection() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<SQLException> end = CompletableFuture.supplyAsync(() -> assertThrows(
                    SQLException.class, () -> statement.executeQuery(ENDLESS).next()));
            awaitEndless();

            statement.cancel();

            assertEquals("57014", end.join().getSQLState());
            assertEquals(1, ask(connection, "select 1"));
        }
    }

    @Test
    void aStatementEndsAtItsTimeout() throws SQLException {
        assertEquals("57014", endless(1).join());
        try (Connection connection = connect()) {
            run(connection, "set statement_timeout = '200 ms'");
            SQLException end = assertThrows(SQLException.class, () -> run(connection, ENDLESS));
            assertEquals("57014", end.getSQLState());
        }
    }

    @Test
    void killEndsASessionAndKillQueryOnlyItsStatement() throws SQLException {
        CompletableFuture<String> first = endless(0);
        long id = awaitEndless().id();
        try (Connection connection = connect()) {
            run(connection, "kill query " + id);
            assertEquals("57014", first.join());

            CompletableFuture<String> second = endless(0);
            run(connection, "kill " + awaitEndless().id());
            assertEquals("57014", second.join());
            await().until(() -> node.registry().size() == 1);
            SQLException unknown = assertThrows(SQLException.class, () -> run(connection, "kill 12345"));
            assertFalse(String.valueOf(unknown.getSQLState()).startsWith("XX"), unknown.getMessage());
        }
    }

    @Test
    void aStoppingNodeEndsWhatRunsTooLong() throws SQLException {
        CompletableFuture<String> running = endless(0);
        awaitEndless();

        node.close();

        assertTrue(running.join().matches("57014|57P01|08.*"), running.join());
        start();
    }

    @Test
    void busyStatementsDoNotStopReadsByKey() throws SQLException {
        List<CompletableFuture<String>> busy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            busy.add(endless(3));
        }
        await().until(() -> node.registry().infos().stream()
                        .filter(info -> info.state().equals("active"))
                        .count()
                == 4);
        try (Connection connection = connect();
                PreparedStatement read = connection.prepareStatement("select n from numbers where n = ?")) {
            for (int i = 0; i < 100; i++) {
                read.setInt(1, i);
                try (ResultSet row = read.executeQuery()) {
                    assertTrue(row.next());
                    assertEquals(i, row.getInt(1));
                }
            }
        }
        busy.forEach(CompletableFuture::join);
    }

    @Test
    void busyStatementsDoNotStopChangesOfNamedRows() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("insert into numbers values (?)");
                PreparedStatement delete = connection.prepareStatement("delete from numbers where n = ?")) {
            insert.setInt(1, -1);
            assertEquals(1, insert.executeUpdate());
            List<CompletableFuture<String>> busy = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                busy.add(endless(3));
            }
            await().until(() -> node.registry().infos().stream()
                            .filter(info -> info.state().equals("active"))
                            .count()
                    == 4);

            SQLException duplicate = assertThrows(SQLException.class, insert::executeUpdate);
            assertEquals("23505", duplicate.getSQLState());
            delete.setInt(1, -1);
            assertEquals(1, delete.executeUpdate());
            assertEquals(0, delete.executeUpdate());
            assertTrue(busy.stream().noneMatch(CompletableFuture::isDone));
            busy.forEach(CompletableFuture::join);
        }
    }

    @Test
    void preparedChangesFollowTheirTable() throws SQLException {
        try (Connection connection = connect();
                Connection other = connect()) {
            run(other, "create table changing (id int primary key, v int)");
            try (PreparedStatement insert = connection.prepareStatement("insert into changing (id, v) values (?, 1)")) {
                for (int i = 0; i < 20; i++) {
                    insert.setInt(1, i);
                    assertEquals(1, insert.executeUpdate());
                    run(other, "alter table changing add column c" + i + " int default " + i);
                }
            }
            assertEquals(20, ask(other, "select count(*) from changing where v = 1"));
            assertEquals(18, ask(other, "select c18 from changing where id = 0"));
            run(other, "drop table changing");
        }
    }

    @Test
    void aTransactionHoldsOneWriteUntilCommit() throws SQLException {
        try (Connection connection = connect();
                Connection other = connect()) {
            connection.setAutoCommit(false);
            run(connection, "insert into numbers values (-1)");
            assertEquals(0, ask(other, "select count(*) from numbers where n = -1"));
            SQLException second =
                    assertThrows(SQLException.class, () -> run(connection, "delete from numbers where n = 2"));
            assertEquals("0AT00", second.getSQLState());
            connection.commit();
            assertEquals(1, ask(other, "select count(*) from numbers where n = -1"));

            run(connection, "delete from numbers where n = -1");
            connection.rollback();
            assertEquals(1, ask(other, "select count(*) from numbers where n = -1"));
            run(other, "delete from numbers where n = -1");

            assertEquals(1, ask(connection, "select 1"));
            SQLException definition = assertThrows(SQLException.class, () -> run(connection, "create table t (a int)"));
            assertEquals("25001", definition.getSQLState());
            connection.rollback();
            connection.setReadOnly(true);
            SQLException readOnly =
                    assertThrows(SQLException.class, () -> run(connection, "delete from numbers where n = 4"));
            assertEquals("25006", readOnly.getSQLState());
        }
    }

    @Test
    void aBatchIsAllOrNothing() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("insert into numbers values (?)")) {
            for (int i = NUMBERS + 500; i >= NUMBERS - 1; i--) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            SQLException duplicate = assertThrows(SQLException.class, insert::executeBatch);

            assertEquals("23505", duplicate.getSQLState());
            assertEquals(NUMBERS, ask(connection, "select count(*) from numbers"));
        }
    }

    @Test
    void identityValuesAreNeverGivenTwice() throws SQLException {
        try (Connection connection = connect()) {
            run(connection, "create table g (id bigint generated always as identity primary key, v int)");
            insertMany(connection, 3);
            insertMany(connection, 2_500);
            insertMany(connection, 3);
        }
        stop();
        start();
        try (Connection connection = connect()) {
            insertMany(connection, 3);
            assertEquals(2_509, ask(connection, "select count(distinct id) from g"));
        }
    }

    private static void insertMany(Connection connection, int rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into g (v) values (?)")) {
            for (int i = 0; i < rows; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Test
    void sessionsAreShown() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show sessions")) {
            assertTrue(rows.next());
            assertFalse(rows.next());
        }
    }

    @Test
    void noMoreRowsAreSentThanTheClientHasCreditFor() throws SQLException, IOException {
        try (FrameClient client = FrameClient.loggedIn(node.sqlAddress().orElseThrow())) {
            client.send(FrameClient.text("select n from numbers", 1_500));
            long rows = 0;
            Response.RowBatch batch;
            do {
                batch = assertInstanceOf(
                        Response.RowBatch.class, client.receive().response());
                rows += batch.rows().rowCount();
            } while (batch.progress() == Progress.MORE);
            assertEquals(Progress.SUSPENDED, batch.progress());
            assertEquals(1_500, rows);

            client.send(new Request.Fetch(batch.cursor(), 10_000));
            do {
                batch = assertInstanceOf(
                        Response.RowBatch.class, client.receive().response());
                rows += batch.rows().rowCount();
            } while (batch.progress() == Progress.MORE);
            assertEquals(Progress.LAST, batch.progress());
            assertEquals(NUMBERS, rows);
        }
    }

    @Test
    void clientsThatDoNotReadHoldNoWorker() throws SQLException, IOException {
        List<FrameClient> lazy = new ArrayList<>();
        try (Connection connection = connect()) {
            for (int i = 0; i < 8; i++) {
                FrameClient client = FrameClient.loggedIn(node.sqlAddress().orElseThrow());
                lazy.add(client);
                // Some hundred megabytes of answers that nobody takes.
                client.send(FrameClient.text(
                        "select a.n, b.n, 'a text that makes rows longer than they need be' from numbers a, numbers b",
                        Long.MAX_VALUE));
            }
            for (int i = 0; i < 20; i++) {
                assertEquals(NUMBERS, ask(connection, "select count(*) from numbers"));
            }
        } finally {
            for (FrameClient client : lazy) {
                client.close();
            }
        }
        await().until(() -> node.registry().size() == 0);
    }

    @Test
    void whatTwoThreadsAskOfOneSessionIsAnswered() throws SQLException {
        try (Connection connection = connect()) {
            List<CompletableFuture<Long>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int n = i;
                answers.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return ask(connection, "select n from numbers where n = " + n);
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                }));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(i, answers.get(i).join());
            }
        }
    }

    @Test
    void theEmbeddedDoorSpeaksTheSameSql() throws SQLException {
        String url = "jdbc:trellis:file:" + directory.resolve("embedded");
        try (Connection connection = DriverManager.getConnection(url)) {
            run(connection, "create table t (a int primary key, b text)", "insert into t values (1, 'x'), (2, 'y')");
        }
        try (Connection connection = DriverManager.getConnection(url);
                Connection second = DriverManager.getConnection(url)) {
            assertEquals(2, ask(connection, "select count(*) from t"));
            assertEquals(2, ask(second, "select a from t where b = 'y'"));
            SQLException refused = assertThrows(
                    SQLException.class, () -> run(connection, "select " + "(1+".repeat(300) + "1" + ")".repeat(300)));
            assertEquals("54001", refused.getSQLState());
        }
        try (Connection connection = DriverManager.getConnection("jdbc:trellis:mem:test")) {
            run(connection, "create table t (a int primary key)", "insert into t values (1)");
            assertEquals(1, ask(connection, "select count(*) from t"));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:trellis:mem:test")) {
            SQLException gone = assertThrows(SQLException.class, () -> ask(connection, "select count(*) from t"));
            assertEquals("42P01", gone.getSQLState());
        }
    }
}
