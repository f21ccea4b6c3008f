package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.FailureDetail;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.message.RowSet;
import io.trellisdb.protocol.message.StatementKind;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StatementTest {
    private final Map<Long, Integer> positions = new ConcurrentHashMap<>();
    private SocketServer server;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void connect() throws Exception {
        server = SocketServer.start((peer, frame) -> peer.reply(frame, Replies.allNumbers(0, 3)));
        connection = DriverManager.getConnection(server.url());
        statement = connection.createStatement();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        server.close();
    }

    private void answerWith(Response... responses) {
        server.scripted().script((peer, frame) -> peer.reply(frame, responses));
    }

    /** Serves 100 numbers under credit, in batches of at most 7. */
    private void serveUnderCredit(Peer peer, RequestFrame frame) throws IOException {
        if (frame.request() instanceof Request.ExecuteText text) {
            send(peer, frame, frame.id(), text.limits().creditRows());
        } else if (frame.request() instanceof Request.Fetch fetch) {
            send(peer, frame, fetch.cursor(), fetch.creditRows());
        }
    }

    private void send(Peer peer, RequestFrame frame, long cursor, long credit) throws IOException {
        int next = positions.getOrDefault(cursor, 0);
        long left = credit;
        Progress progress = Progress.MORE;
        while (progress == Progress.MORE) {
            int from = next;
            next += (int) Math.min(Math.min(left, 7), 100 - next);
            left -= next - from;
            progress = next == 100 ? Progress.LAST : left == 0 ? Progress.SUSPENDED : Progress.MORE;
            peer.reply(
                    frame,
                    new RowBatch(cursor, progress, from == 0 ? Replies.NUMBERS : null, Replies.numbers(from, next)));
        }
        positions.put(cursor, next);
    }

    private static int countInOrder(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            assertEquals(count, rows.getInt("n"));
            count++;
            assertEquals(count, rows.getRow());
        }
        return count;
    }

    @Test
    void rowsStreamUnderCreditWhateverTheFetchSize() throws SQLException {
        server.scripted().script(this::serveUnderCredit);
        for (int fetchSize : new int[] {1, 2, 7, 10, 50, 99, 100, 1000}) {
            statement.setFetchSize(fetchSize);
            try (ResultSet rows = statement.executeQuery("select n from numbers")) {
                assertTrue(rows.isBeforeFirst());
                assertEquals(100, countInOrder(rows));
                assertTrue(rows.isAfterLast());
                assertFalse(rows.next());
            }
        }
    }

    @Test
    void twoResultsAreReadSideBySide() throws SQLException {
        server.scripted().script(this::serveUnderCredit);
        statement.setFetchSize(10);
        try (Statement other = connection.createStatement();
                ResultSet left = statement.executeQuery("select n from numbers")) {
            other.setFetchSize(3);
            try (ResultSet right = other.executeQuery("select n from numbers")) {
                for (int i = 0; i < 100; i++) {
                    assertTrue(left.next() && right.next());
                    assertEquals(left.getInt(1), right.getInt(1));
                    assertTrue(i % 20 != 0 || connection.isValid(5));
                }
            }
        }
    }

    @Test
    void resultThatIsClosedEarlyGivesItsCursorBackAndDisturbsNobody() throws SQLException {
        server.scripted().script(this::serveUnderCredit);
        statement.setFetchSize(20);
        ResultSet rows = statement.executeQuery("select n from numbers");
        assertTrue(rows.next());
        rows.close();

        try (ResultSet again = statement.executeQuery("select n from numbers")) {
            assertEquals(100, countInOrder(again));
        }
        assertEquals(1, server.scripted().received(Request.CloseCursor.class).size());
        assertEquals("34000", assertThrows(SQLException.class, rows::next).getSQLState());
    }

    @Test
    void limitsTravelWithTheRequest() throws SQLException {
        statement.setFetchSize(500);
        statement.setMaxRows(20);
        statement.setQueryTimeout(3);
        statement.executeQuery("select 1").close();

        Request.ExecuteText text =
                server.scripted().received(Request.ExecuteText.class).get(0);
        assertEquals(20, text.limits().creditRows());
        assertEquals(20, text.limits().maxRows());
        assertNull(text.token());
    }

    @Test
    void readsTravelWithoutTokenAndEverythingElseWithOne() throws SQLException {
        for (String read : List.of("select 1", " (SELECT 1)", "-- x\nvalues 1", "/* x */ show tables", "describe t")) {
            statement.execute(read);
        }
        for (String other :
                List.of("insert into t values (1)", "with x as (select 1) select * from x", "drop table t")) {
            statement.execute(other);
        }

        List<Request.ExecuteText> texts = server.scripted().received(Request.ExecuteText.class);
        assertTrue(texts.subList(0, 5).stream().allMatch(t -> t.token() == null));
        assertTrue(texts.subList(5, 8).stream().allMatch(t -> t.token() != null));
    }

    @Test
    void countsAndRowsAreToldApart() throws SQLException {
        answerWith(Replies.count(4));
        assertFalse(statement.execute("update t set n = 1"));
        assertEquals(4, statement.getUpdateCount());
        assertNull(statement.getResultSet());
        assertFalse(statement.getMoreResults());
        assertEquals(-1, statement.getUpdateCount());
        assertEquals(
                "55000",
                assertThrows(SQLException.class, () -> statement.executeQuery("update"))
                        .getSQLState());

        answerWith(Replies.allNumbers(0, 1));
        assertTrue(statement.execute("insert … returning n"));
        assertEquals(-1, statement.getUpdateCount());
        assertEquals(
                "55000",
                assertThrows(SQLException.class, () -> statement.executeUpdate("select"))
                        .getSQLState());
    }

    @Test
    void largeAndHeldBackCountsComeThrough() throws SQLException {
        answerWith(Replies.count(5_000_000_000L));
        assertEquals(5_000_000_000L, statement.executeLargeUpdate("delete from t"));
        assertEquals(Statement.SUCCESS_NO_INFO, statement.executeUpdate("delete from t"));

        answerWith(Replies.count(Response.Complete.HELD_BACK));
        assertEquals(Statement.SUCCESS_NO_INFO, statement.executeUpdate("delete from t"));
    }

    @Test
    void generatedKeysAreAResult() throws SQLException {
        answerWith(new Response.Complete(
                StatementKind.WRITE, 2, new RowSet(Replies.NUMBERS, List.of(Replies.numbers(8, 10)))));

        assertEquals(2, statement.executeUpdate("insert into t", Statement.RETURN_GENERATED_KEYS));
        try (ResultSet keys = statement.getGeneratedKeys()) {
            assertTrue(keys.next());
            assertTrue(keys.next());
            assertEquals(9, keys.getLong(1));
            assertFalse(keys.next());
        }
        statement.executeUpdate("insert into t", new String[] {"n"});
        List<Request.ExecuteText> texts = server.scripted().received(Request.ExecuteText.class);
        assertEquals(new GeneratedKeys.Identity(), texts.get(0).generatedKeys());
        assertEquals(new GeneratedKeys.Columns(List.of("n")), texts.get(1).generatedKeys());

        answerWith(Replies.count(1));
        statement.executeUpdate("insert into t");
        assertFalse(statement.getGeneratedKeys().next());
    }

    @Test
    void failuresAreOfTheirClassWithStateAndPlace() throws SQLException {
        answerWith(Response.Failure.of(ErrorCode.SYNTAX_ERROR, "syntax error: selec", 3, -1));
        SQLSyntaxErrorException syntax =
                assertThrows(SQLSyntaxErrorException.class, () -> statement.execute("selec 1"));
        assertEquals("42601", syntax.getSQLState());
        assertEquals(3, ((FailureDetail) syntax.getCause()).position());

        answerWith(Response.Failure.of(ErrorCode.UNIQUE_VIOLATION, "key exists: 1"));
        assertThrows(SQLIntegrityConstraintViolationException.class, () -> statement.execute("insert"));
        answerWith(Response.Failure.of(ErrorCode.STATEMENT_TIMEOUT, "took too long: 3000 ms"));
        assertThrows(SQLTimeoutException.class, () -> statement.execute("select"));
        answerWith(Response.Failure.of(ErrorCode.NOT_SUPPORTED, "not supported: MATCH_RECOGNIZE"));
        assertThrows(SQLFeatureNotSupportedException.class, () -> statement.execute("select"));
        answerWith(Replies.allNumbers(0, 1));
        assertTrue(statement.execute("select 1"));
    }

    @Test
    void batchOfTextsEndsAtTheFirstFailure() throws SQLException {
        server.scripted().script((peer, frame) -> {
            String sql = ((Request.ExecuteText) frame.request()).sql();
            peer.reply(
                    frame,
                    sql.equals("bad")
                            ? Response.Failure.of(ErrorCode.CHECK_VIOLATION, "check failed")
                            : Replies.count(2));
        });
        statement.addBatch("one");
        statement.addBatch("two");
        assertArrayEquals(new int[] {2, 2}, statement.executeBatch());
        assertArrayEquals(new int[0], statement.executeBatch());

        statement.addBatch("one");
        statement.addBatch("bad");
        statement.addBatch("three");
        BatchUpdateException failure = assertThrows(BatchUpdateException.class, statement::executeBatch);
        assertArrayEquals(new int[] {2}, failure.getUpdateCounts());
        assertEquals("23514", failure.getSQLState());
        assertEquals("23514", failure.getNextException().getSQLState());
    }

    @Test
    void escapesAreTranslatedUnlessSwitchedOff() throws SQLException {
        statement.execute("select {d '2026-01-02'}");
        statement.setEscapeProcessing(false);
        statement.execute("select {d '2026-01-02'}");

        List<Request.ExecuteText> texts = server.scripted().received(Request.ExecuteText.class);
        assertEquals("select DATE  '2026-01-02'", texts.get(0).sql());
        assertEquals("select {d '2026-01-02'}", texts.get(1).sql());
    }

    @Test
    void cancelUsesAConnectionOfItsOwnAndTheSessionsKey() throws Exception {
        CountDownLatch isRunning = new CountDownLatch(1);
        CountDownLatch isCancelled = new CountDownLatch(1);
        server.scripted().script((peer, frame) -> {
            if (frame.request() instanceof Request.Cancel) {
                isCancelled.countDown();
                return;
            }
            isRunning.countDown();
            await(isCancelled);
            peer.reply(frame, Response.Failure.of(ErrorCode.STATEMENT_CANCELLED, "statement was cancelled"));
        });
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<SQLException> running =
                    other.submit(() -> assertThrows(SQLException.class, () -> statement.executeQuery("select slow")));
            await(isRunning);
            statement.cancel();

            assertEquals("57014", running.get().getSQLState());
            assertEquals(
                    11,
                    server.scripted()
                            .received(Request.Cancel.class)
                            .get(0)
                            .key()
                            .secretHigh());
        } finally {
            other.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void cancelOfNothingSendsNothing() throws SQLException {
        statement.cancel();

        assertEquals(0, server.scripted().received(Request.Cancel.class).size());
    }

    @Test
    void closeOnCompletionClosesWithItsResult() throws SQLException {
        statement.closeOnCompletion();
        statement.executeQuery("select 1").close();

        assertTrue(statement.isClosed());
        assertEquals(
                "55000",
                assertThrows(SQLException.class, () -> statement.execute("x")).getSQLState());
    }
}
