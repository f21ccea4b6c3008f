package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.Refused;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.protocol.message.StatementKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The promise table of failover, seen by an application. */
final class FailoverTest {
    private static final String SHORT = "failoverTimeout=300ms";

    /** Breaks the connection at the first so many statements, then goes on with another script. */
    private static ScriptedServer.Script dropping(int times, ScriptedServer.Script then) {
        AtomicInteger left = new AtomicInteger(times);
        return (peer, frame) -> {
            if (left.getAndDecrement() > 0) {
                peer.drop();
            } else {
                then.answer(peer, frame);
            }
        };
    }

    private static String stateOf(SqlAction action) {
        return assertThrows(SQLException.class, action::run).getSQLState();
    }

    private interface SqlAction {
        void run() throws SQLException;
    }

    private static int queryOne(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select n from numbers")) {
            assertTrue(rows.next());
            return rows.getInt(1);
        }
    }

    @Test
    void readWithoutRowsIsRepeated() throws Exception {
        try (SocketServer server =
                        SocketServer.start(dropping(2, (peer, frame) -> peer.reply(frame, Replies.allNumbers(7, 8))));
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            assertEquals(7, queryOne(statement));
            assertEquals(
                    3, server.scripted().received(Request.ExecuteText.class).size());
        }
    }

    @Test
    void writeIsRepeatedUnderTheSameToken() throws Exception {
        try (SocketServer server =
                        SocketServer.start(dropping(1, (peer, frame) -> peer.reply(frame, Replies.count(3))));
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            assertEquals(3, statement.executeUpdate("update numbers set n = n + 1"));
            assertEquals(3, statement.executeUpdate("update numbers set n = n + 1"));

            List<Token> tokens = server.scripted().received(Request.ExecuteText.class).stream()
                    .map(Request.ExecuteText::token)
                    .toList();
            assertEquals(3, tokens.size());
            assertEquals(tokens.get(0), tokens.get(1));
            assertEquals(tokens.get(0).sequence() + 1, tokens.get(2).sequence());
            assertEquals(tokens.get(2).sequence(), tokens.get(2).lowestUnfinished());
        }
    }

    @Test
    void writeIsUnknownWhenTheServerForgotTheSession() throws Exception {
        try (SocketServer server = SocketServer.start(dropping(1, (peer, frame) -> peer.drop()));
                Connection connection = DriverManager.getConnection(server.url(SHORT));
                Statement statement = connection.createStatement()) {
            server.scripted().forgetSessions();

            assertEquals("08007", stateOf(() -> statement.executeUpdate("delete from numbers")));
        }
    }

    @Test
    void writeInDoubtIsNeverSentUnderANewSession() throws Exception {
        try (SocketServer server =
                        SocketServer.start(dropping(1, (peer, frame) -> peer.reply(frame, Replies.count(1))));
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            server.scripted().forgetSessions();

            assertEquals("08007", stateOf(() -> statement.executeUpdate("delete from numbers")));
            assertEquals(
                    1, server.scripted().received(Request.ExecuteText.class).size());
            assertEquals(1, statement.executeUpdate("delete from numbers"));

            List<Request.ExecuteText> texts = server.scripted().received(Request.ExecuteText.class);
            assertNotEquals(texts.get(0).token().session(), texts.get(1).token().session());
        }
    }

    @Test
    void silenceIsBorneWhileTheServerGivesSignsOfLife() throws Exception {
        CountDownLatch wasAsked = new CountDownLatch(2);
        try (SocketServer server = SocketServer.start((peer, frame) -> {
                    if (frame.request() instanceof Request.Cancel) {
                        wasAsked.countDown();
                    } else {
                        await(wasAsked);
                        peer.reply(frame, Replies.allNumbers(3, 4));
                    }
                });
                Connection connection = DriverManager.getConnection(server.url("failoverTimeout=50ms"));
                Statement statement = connection.createStatement()) {
            assertEquals(3, queryOne(statement));
            assertEquals(
                    1, server.scripted().received(Request.ExecuteText.class).size());
        }
    }

    @Test
    void silentServerThatGivesNoSignOfLifeIsLost() throws Exception {
        CountDownLatch isOver = new CountDownLatch(1);
        try (SocketServer server = SocketServer.start((peer, frame) -> await(isOver));
                Connection connection =
                        DriverManager.getConnection(server.url("failoverTimeout=50ms", "connectTimeout=50ms"));
                Statement statement = connection.createStatement()) {
            String state = stateOf(() -> statement.executeUpdate("delete from numbers"));
            isOver.countDown();

            assertEquals("08007", state);
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
    void sessionThatCannotBeRestoredIsReportedAsLost() throws Exception {
        ScriptedServer.Script answers = (peer, frame) -> peer.reply(frame, Replies.allNumbers(1, 2));
        try (SocketServer server = SocketServer.start(answers);
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            server.scripted().refuseSettings();
            server.scripted().script(dropping(1, answers));

            assertEquals("08006", stateOf(() -> queryOne(statement)));
        }
    }

    @Test
    void preparedStatementsAndSettingsComeBack() throws Exception {
        ScriptedServer.Script answers = (peer, frame) -> {
            if (frame.request() instanceof Request.Prepare) {
                peer.reply(frame, Replies.preparedQuery(DataType.INTEGER));
            } else {
                peer.reply(frame, new RowBatch(0, Progress.LAST, null, Replies.numbers(1, 3)));
            }
        };
        try (SocketServer server = SocketServer.start(answers);
                Connection connection = DriverManager.getConnection(server.url("applicationName=test"));
                PreparedStatement statement = connection.prepareStatement("select n from numbers where n > ?")) {
            connection.setSchema("travel");
            connection.setReadOnly(true);
            statement.setInt(1, 0);
            server.scripted().script(dropping(1, answers));

            assertTrue(statement.executeQuery().next());

            assertEquals(2, server.scripted().received(Request.Prepare.class).size());
            Request.Hello again =
                    server.scripted().received(Request.Hello.class).get(1);
            assertEquals("travel", again.database());
            List<Request.SetSession> settings = server.scripted().received(Request.SetSession.class);
            assertEquals("true", settings.get(settings.size() - 1).settings().get(SessionSetting.READ_ONLY));
            assertEquals("test", settings.get(settings.size() - 1).settings().get(SessionSetting.APPLICATION_NAME));
            assertTrue(connection.isReadOnly());
            assertEquals("travel", connection.getSchema());
        }
    }

    @Test
    void statementThatTheServerForgotIsPreparedAgain() throws Exception {
        AtomicInteger executions = new AtomicInteger();
        try (SocketServer server = SocketServer.start((peer, frame) -> {
                    if (frame.request() instanceof Request.Prepare) {
                        peer.reply(frame, Replies.preparedWrite(true));
                    } else if (executions.getAndIncrement() == 0) {
                        peer.reply(frame, Response.Failure.of(ErrorCode.UNKNOWN_PREPARED_STATEMENT, "gone: 2"));
                    } else {
                        peer.reply(frame, Replies.count(1));
                    }
                });
                Connection connection = DriverManager.getConnection(server.url());
                PreparedStatement statement = connection.prepareStatement("insert into numbers values (1)")) {
            assertEquals(1, statement.executeUpdate());
            assertEquals(2, server.scripted().received(Request.Prepare.class).size());
        }
    }

    @Test
    void resultIsNotResumedAfterItsFirstRows() throws Exception {
        try (SocketServer server = SocketServer.start((peer, frame) -> {
                    if (frame.request() instanceof Request.Fetch) {
                        peer.drop();
                    } else {
                        peer.reply(frame, new RowBatch(4, Progress.SUSPENDED, Replies.NUMBERS, Replies.numbers(0, 2)));
                    }
                });
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from numbers")) {
            assertTrue(rows.next());
            assertTrue(rows.next());

            assertEquals("08006", stateOf(rows::next));
            server.scripted().script((peer, frame) -> peer.reply(frame, Replies.allNumbers(5, 6)));
            assertEquals(5, queryOne(statement));
        }
    }

    @Test
    void lostTransactionIsReportedOnceAndTheConnectionGoesOn() throws Exception {
        try (SocketServer server = SocketServer.start((peer, frame) -> peer.reply(frame, Replies.allNumbers(5, 6)));
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertEquals(5, queryOne(statement));
            server.scripted().script(dropping(1, (peer, frame) -> peer.reply(frame, Replies.allNumbers(6, 7))));

            assertEquals("40001", stateOf(() -> queryOne(statement)));
            connection.rollback();
            assertEquals(6, queryOne(statement));
            assertEquals(2, server.scripted().received(Request.Begin.class).size());
        }
    }

    @Test
    void lossThatAnotherCallNoticedStillFailsTheCommit() throws Exception {
        try (SocketServer server = SocketServer.start((peer, frame) -> peer.reply(frame, Replies.allNumbers(5, 6)));
                Connection connection = DriverManager.getConnection(server.url(SHORT));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            queryOne(statement);
            server.scripted().script((peer, frame) -> peer.drop());
            assertThrows(SQLException.class, () -> connection.prepareStatement("select 1"));

            assertEquals("40001", stateOf(connection::commit));
        }
    }

    @Test
    void commitThatWasNotAnsweredIsAskedForAndNeverRepeated() throws Exception {
        try (SocketServer server = SocketServer.start((peer, frame) -> {
                    if (frame.request() instanceof Request.Commit) {
                        peer.drop();
                    } else if (frame.request() instanceof Request.AskOutcome) {
                        peer.reply(frame, new Response.Complete(StatementKind.TRANSACTION, 1, null));
                    } else {
                        peer.reply(frame, Replies.count(Response.Complete.HELD_BACK));
                    }
                });
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertEquals(Statement.SUCCESS_NO_INFO, statement.executeUpdate("insert into numbers values (1)"));

            connection.commit();

            List<Request.Commit> commits = server.scripted().received(Request.Commit.class);
            assertEquals(1, commits.size());
            assertEquals(
                    commits.get(0).token(),
                    server.scripted().received(Request.AskOutcome.class).get(0).token());
        }
    }

    @Test
    void commitWhoseOutcomeNobodyKnowsIsUnknown() throws Exception {
        try (SocketServer server = SocketServer.start((peer, frame) -> {
                    if (frame.request() instanceof Request.Commit) {
                        peer.drop();
                    } else if (frame.request() instanceof Request.AskOutcome) {
                        peer.reply(frame, Response.Failure.of(ErrorCode.OUTCOME_UNKNOWN, "token was trimmed"));
                    } else {
                        peer.reply(frame, Replies.count(Response.Complete.HELD_BACK));
                    }
                });
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("insert into numbers values (1)");

            assertEquals("08007", stateOf(connection::commit));
        }
    }

    @Test
    void hintIsFollowedToTheOtherNode() throws Exception {
        try (SocketServer owner = SocketServer.start((peer, frame) -> peer.reply(frame, Replies.allNumbers(9, 10)));
                SocketServer other = SocketServer.start((peer, frame) -> peer.reply(
                        frame,
                        new Refused(
                                Refused.Reason.NOT_OWNER,
                                2,
                                new NodeAddress(2, "n2", "127.0.0.1", owner.port()),
                                "owner is n2")));
                Connection connection = DriverManager.getConnection(other.url());
                Statement statement = connection.createStatement()) {
            assertEquals(9, queryOne(statement));
            assertEquals(1, owner.scripted().received(Request.ExecuteText.class).size());
        }
    }

    @Test
    void nodesThatTheClusterNamedAreTriedToo() throws Exception {
        try (SocketServer second = SocketServer.start((peer, frame) -> peer.reply(frame, Replies.allNumbers(9, 10)));
                SocketServer first = SocketServer.start((peer, frame) -> peer.drop())) {
            first.scripted().nodes(new NodeAddress(2, "n2", "127.0.0.1", second.port()));
            try (Connection connection = DriverManager.getConnection(first.url());
                    Statement statement = connection.createStatement()) {
                first.stop();

                assertEquals(9, queryOne(statement));
            }
        }
    }

    @Test
    void nobodyReachableInTimeIsCannotConnect() throws Exception {
        SocketServer server = SocketServer.start((peer, frame) -> peer.drop());
        try (Connection connection = DriverManager.getConnection(server.url(SHORT));
                Statement statement = connection.createStatement()) {
            server.stop();

            assertEquals("08001", stateOf(() -> queryOne(statement)));
        }
    }

    @Test
    void firstConnectionTriesEveryHostOnceAndNamesThem() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "jdbc:trellis://127.0.0.1:" + port + ",[::1]:" + port + "/";

        SQLException refusal = assertThrows(SQLException.class, () -> DriverManager.getConnection(url));

        assertEquals("08001", refusal.getSQLState());
        assertTrue(refusal.getMessage().contains("127.0.0.1:" + port), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("[::1]:" + port), refusal.getMessage());
    }

    @Test
    void lackOfServiceIsWaitedOutButConflictsAreReported() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (SocketServer server = SocketServer.start((peer, frame) -> peer.reply(
                        frame,
                        asked.getAndIncrement() == 0
                                ? Response.Failure.of(ErrorCode.NOT_READY, "warming up")
                                : Response.Failure.of(ErrorCode.LOCK_TIMEOUT, "row is locked")));
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            assertEquals("55P03", stateOf(() -> statement.executeUpdate("delete from numbers")));
            assertEquals(2, asked.get());
        }
    }

    @Test
    void abortedConnectionDoesNotComeBack() throws Exception {
        try (SocketServer server = SocketServer.start((peer, frame) -> peer.reply(frame, Replies.allNumbers(1, 2)));
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            connection.abort(Runnable::run);

            assertTrue(connection.isClosed());
            assertFalse(connection.isValid(1));
            assertEquals("08003", stateOf(() -> queryOne(statement)));
        }
    }

    @Test
    void sessionIsResumedByItsKey() throws Exception {
        try (SocketServer server = SocketServer.start(dropping(1, FailoverTest::answerNumbers));
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            queryOne(statement);

            List<Request.Hello> hellos = server.scripted().received(Request.Hello.class);
            assertEquals(null, hellos.get(0).resume());
            assertNotEquals(null, hellos.get(1).resume());
        }
    }

    private static void answerNumbers(Peer peer, io.trellisdb.protocol.message.RequestFrame frame) throws IOException {
        peer.reply(frame, Replies.allNumbers(1, 2));
    }
}
