package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.protocol.message.TransactionState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConnectionTest {
    private SocketServer server;
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        server = SocketServer.start((peer, frame) -> {
            if (frame.request() instanceof Request.ExecuteText text
                    && text.sql().startsWith("use ")) {
                peer.reply(
                        frame,
                        new Response.SessionChanged(SessionSetting.DATABASE, "travel"),
                        new Response.Warning("01000", "look"),
                        Replies.count(0));
            } else if (frame.request() instanceof Request.ExecuteText text
                    && text.sql().equals("begin")) {
                peer.transaction(TransactionState.OPEN);
                peer.reply(frame, Replies.count(0));
            } else if (frame.request() instanceof Request.Commit) {
                peer.transaction(TransactionState.NONE);
                peer.reply(frame, Replies.count(1));
            } else {
                peer.reply(frame, Replies.allNumbers(0, 3));
            }
        });
        connection = DriverManager.getConnection(server.url());
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        server.close();
    }

    private static void unsupported(SqlAction action) {
        SQLFeatureNotSupportedException refusal = assertThrows(SQLFeatureNotSupportedException.class, action::run);
        assertEquals("0AT00", refusal.getSQLState());
        assertEquals(0, refusal.getErrorCode());
    }

    private interface SqlAction {
        void run() throws SQLException;
    }

    @Test
    void loginCarriesWhoAndWhere() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "ada");
        String url = server.url().replace("/?", "/sensors?") + "applicationName=loader";
        try (Connection second = DriverManager.getConnection(url, properties)) {
            List<Request.Hello> hellos = server.scripted().received(Request.Hello.class);
            Request.Hello hello = hellos.get(hellos.size() - 1);
            assertEquals("ada", hello.user());
            assertEquals("sensors", hello.database());
            assertEquals("sensors", second.getSchema());
            assertEquals("loader", second.getClientInfo("ApplicationName"));
            assertEquals("trellis", second.getCatalog());
        }
    }

    @Test
    void schemaFollowsStatementsAndCalls() throws SQLException {
        assertEquals("public", connection.getSchema());

        connection.setSchema("sensors");
        assertEquals("sensors", connection.getSchema());
        try (Statement statement = connection.createStatement()) {
            statement.execute("use travel");
            assertEquals("travel", connection.getSchema());
            assertEquals("look", statement.getWarnings().getMessage());
        }
        assertEquals(
                Map.of(SessionSetting.DATABASE, "sensors"),
                server.scripted().received(Request.SetSession.class).get(0).settings());
    }

    @Test
    void validityIsOneRoundTripAndKnowsDraining() throws SQLException {
        int before = server.scripted().received().size();

        assertTrue(connection.isValid(5));
        assertEquals(before + 1, server.scripted().received().size());
        server.scripted().drain();
        assertFalse(connection.isValid(5));
        connection.close();
        assertFalse(connection.isValid(5));
    }

    @Test
    void closedConnectionSaysGoodbyeOnceAndRefusesEverything() throws SQLException {
        Statement statement = connection.createStatement();

        connection.close();
        connection.close();

        assertTrue(connection.isClosed());
        assertTrue(statement.isClosed());
        assertEquals(
                "08003",
                assertThrows(SQLException.class, connection::createStatement).getSQLState());
        assertEquals(
                "08003",
                assertThrows(SQLException.class, () -> connection.getSchema()).getSQLState());
    }

    @Test
    void autocommitDecidesWhenTransactionsBegin() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select 1").close();
            assertEquals(0, server.scripted().received(Request.Begin.class).size());
            assertEquals(
                    "25P01",
                    assertThrows(SQLException.class, connection::commit).getSQLState());

            connection.setAutoCommit(false);
            connection.commit();
            statement.executeQuery("select 1").close();
            statement.executeQuery("select 1").close();
            assertEquals(1, server.scripted().received(Request.Begin.class).size());
            assertEquals(
                    "25001",
                    assertThrows(SQLException.class, () -> connection.setReadOnly(true))
                            .getSQLState());
            connection.rollback();
            assertEquals(1, server.scripted().received(Request.Rollback.class).size());

            statement.executeQuery("select 1").close();
            connection.setAutoCommit(true);
            assertEquals(1, server.scripted().received(Request.Commit.class).size());
            assertTrue(connection.getAutoCommit());
        }
    }

    @Test
    void transactionBegunByTextCanBeEnded() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin");

            connection.commit();

            assertEquals(1, server.scripted().received(Request.Commit.class).size());
        }
    }

    @Test
    void isolationIsHonest() throws SQLException {
        assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        unsupported(() -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
        unsupported(() -> connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED));
    }

    @Test
    void whatIsNotOfferedIsRefusedByName() {
        unsupported(() -> connection.prepareCall("{call x()}"));
        unsupported(() -> connection.setSavepoint());
        unsupported(() -> connection.createBlob());
        unsupported(() -> connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE));
        unsupported(() -> connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT));
        unsupported(() -> connection.nativeSQL("{call x()}"));
        unsupported(() -> connection.prepareStatement("insert", new int[] {1}));
    }

    @Test
    void scrollingResultIsOfferedForwardOnlyWithAWarning() throws SQLException {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            assertEquals(ResultSet.TYPE_FORWARD_ONLY, statement.getResultSetType());
            assertNotNull(statement.getWarnings());
        }
    }

    @Test
    void otherCatalogIsRefused() throws SQLException {
        connection.setCatalog("trellis");

        assertEquals(
                "3F000",
                assertThrows(SQLException.class, () -> connection.setCatalog("other"))
                        .getSQLState());
    }

    @Test
    void clientInfoThatMeansNothingIsAWarning() throws SQLException {
        connection.setClientInfo("ApplicationName", "loader");
        assertEquals("loader", connection.getClientInfo().getProperty("ApplicationName"));
        assertNull(connection.getWarnings());

        connection.setClientInfo("ClientUser", "x");
        assertNotNull(connection.getWarnings());
        assertNull(connection.getClientInfo("ClientUser"));
    }

    @Test
    void networkTimeoutEndsTheWait() throws Exception {
        server.scripted().script((peer, frame) -> {
            // no answer
        });
        connection.setNetworkTimeout(null, 50);
        assertEquals(50, connection.getNetworkTimeout());
        try (Statement statement = connection.createStatement()) {
            SQLException silence =
                    assertThrows(SQLTransientConnectionException.class, () -> statement.executeQuery("select 1"));
            assertEquals("08006", silence.getSQLState());
            assertEquals(
                    "08007",
                    assertThrows(SQLException.class, () -> statement.executeUpdate("delete from x"))
                            .getSQLState());
        }
    }

    @Test
    void arraysAreMadeOfConvertedElements() throws SQLException {
        Array array = connection.createArrayOf("INTEGER", new Object[] {1, "2", null, 3L});

        assertEquals("[1, 2, null, 3]", array.toString());
        assertEquals("INTEGER", array.getBaseTypeName());
        assertEquals(2, ((Object[]) array.getArray(2, 2)).length);
        try (ResultSet rows = array.getResultSet()) {
            assertTrue(rows.next());
            assertEquals(1, rows.getInt("index"));
            assertEquals(1, rows.getInt("value"));
        }
        assertEquals(
                "42704",
                assertThrows(SQLException.class, () -> connection.createArrayOf("SHAPE", new Object[0]))
                        .getSQLState());
    }

    @Test
    void wrapperUnwrapsToItself() throws SQLException {
        assertTrue(connection.isWrapperFor(TrellisConnection.class));
        assertSame(connection, connection.unwrap(Connection.class));
        assertEquals(
                "22023",
                assertThrows(SQLException.class, () -> connection.unwrap(String.class))
                        .getSQLState());
    }
}
