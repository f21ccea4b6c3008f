package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.message.RowSet;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PreparedStatementTest {
    private SocketServer server;
    private Connection connection;
    private Response prepared = Replies.preparedWrite(true, DataType.INTEGER, DataType.varchar(3));
    private Response executed = Replies.count(1);

    @BeforeEach
    void connect() throws Exception {
        server = SocketServer.start((peer, frame) -> {
            if (frame.request() instanceof Request.Prepare) {
                peer.reply(frame, prepared);
            } else if (frame.request() instanceof Request.ExecuteBatch batch && executed == null) {
                long[] ones = new long[batch.rowCount()];
                Arrays.fill(ones, 1);
                peer.reply(frame, new Response.BatchComplete(ones, null));
            } else if (!(frame.request() instanceof Request.CloseStatement)) {
                peer.reply(frame, executed);
            }
        });
        connection = DriverManager.getConnection(server.url());
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        server.close();
    }

    private Batch lastParameters() {
        List<Request.Execute> executes = server.scripted().received(Request.Execute.class);
        return executes.get(executes.size() - 1).parameters();
    }

    @Test
    void parametersTravelInTheirTypes() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into t values (?, ?)")) {
            statement.setLong(1, 7);
            statement.setObject(2, "abc", Types.VARCHAR);
            assertEquals(1, statement.executeUpdate());
            assertEquals(
                    List.of(DataType.INTEGER, DataType.varchar(3)),
                    lastParameters().types());
            assertEquals(List.of(7, "abc"), lastParameters().row(0));

            statement.setString(1, " 8 ");
            statement.setNull(2, Types.VARCHAR);
            statement.executeUpdate();
            assertEquals(Arrays.asList(8, null), lastParameters().row(0));
        }
        assertEquals(1, server.scripted().received(Request.Prepare.class).size());
    }

    @Test
    void valuesThatDoNotFitAreRefusedBeforeTheyAreSent() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into t values (?, ?)")) {
            statement.setLong(1, 1L << 40);
            statement.setString(2, "a");
            assertEquals(
                    "22003",
                    assertThrows(SQLDataException.class, statement::executeUpdate)
                            .getSQLState());
            statement.setInt(1, 1);
            statement.setString(2, "abcd");
            assertEquals(
                    "22001",
                    assertThrows(SQLDataException.class, statement::executeUpdate)
                            .getSQLState());
            statement.setString(1, "one");
            assertEquals(
                    "22018",
                    assertThrows(SQLDataException.class, statement::executeUpdate)
                            .getSQLState());
            statement.clearParameters();
            assertEquals(
                    "42P02",
                    assertThrows(SQLException.class, statement::executeUpdate).getSQLState());
            assertEquals(
                    "42P02",
                    assertThrows(SQLException.class, () -> statement.setInt(3, 1))
                            .getSQLState());
        }
        assertEquals(0, server.scripted().received(Request.Execute.class).size());
    }

    @Test
    void parametersOfOpenTypeTakeTheTypeOfTheirValues() throws SQLException {
        prepared = Replies.preparedWrite(true, DataType.NULL, DataType.NULL);
        try (PreparedStatement statement = connection.prepareStatement("insert into t values (?, ?)")) {
            statement.setObject(1, UUID.fromString("00000000-0000-0001-0000-000000000002"));
            statement.setNull(2, Types.NULL);
            statement.executeUpdate();
            assertEquals(Arrays.asList(new UUID(1, 2), null), lastParameters().row(0));

            executed = null;
            statement.setObject(1, null);
            statement.addBatch();
            statement.setObject(1, 5L);
            statement.setObject(2, "x");
            statement.addBatch();
            statement.executeBatch();
            Batch batch = server.scripted()
                    .received(Request.ExecuteBatch.class)
                    .get(0)
                    .parameters()
                    .get(0);
            assertEquals(DataType.BIGINT, batch.types().get(0));
            assertEquals(Arrays.asList(null, null), batch.row(0));
            assertEquals(List.of(5L, "x"), batch.row(1));
        }
    }

    @Test
    void batchTravelsByColumnInOneRequestUnderOneToken() throws SQLException {
        executed = null;
        int rows = 2 * Batch.MAX_ROWS + 5;
        try (PreparedStatement statement = connection.prepareStatement("insert into t values (?, ?)")) {
            for (int i = 0; i < rows; i++) {
                statement.setInt(1, i);
                statement.setString(2, "n");
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();

            assertEquals(rows, Arrays.stream(counts).sum());
            assertArrayEquals(new int[0], statement.executeBatch());
        }
        List<Request.ExecuteBatch> requests = server.scripted().received(Request.ExecuteBatch.class);
        assertEquals(1, requests.size());
        assertEquals(rows, requests.get(0).rowCount());
        assertEquals(3, requests.get(0).parameters().size());
        assertEquals(rows - 1, requests.get(0).parameters().get(2).row(4).get(0));
    }

    @Test
    void batchThatFitsNoFrameIsSplit() throws SQLException {
        executed = null;
        prepared = Replies.preparedWrite(true, DataType.TEXT);
        String large = "x".repeat(5 * 1024 * 1024);
        try (PreparedStatement statement = connection.prepareStatement("insert into t values (?)")) {
            for (int i = 0; i < 5; i++) {
                statement.setString(1, large);
                statement.addBatch();
            }
            assertEquals(5, statement.executeBatch().length);
        }
        List<Request.ExecuteBatch> requests = server.scripted().received(Request.ExecuteBatch.class);
        assertTrue(requests.size() > 1);
        assertEquals(
                5, requests.stream().mapToInt(Request.ExecuteBatch::rowCount).sum());
    }

    @Test
    void batchOfSeparateStatementsReservesATokenForEach() throws SQLException {
        prepared = Replies.preparedWrite(false, DataType.INTEGER);
        executed = null;
        try (PreparedStatement statement = connection.prepareStatement("update t set n = ?")) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 3; i++) {
                    statement.setInt(1, i);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        List<Token> tokens = server.scripted().received(Request.ExecuteBatch.class).stream()
                .map(Request.ExecuteBatch::token)
                .toList();
        assertEquals(tokens.get(0).sequence() + 3, tokens.get(1).sequence());
    }

    @Test
    void failedAtomicBatchFailedWithEveryRow() throws SQLException {
        executed = Response.Failure.of(ErrorCode.UNIQUE_VIOLATION, "key exists: 1", 0, 1);
        try (PreparedStatement statement = connection.prepareStatement("insert into t values (?, ?)")) {
            addThree(statement);

            BatchUpdateException failure = assertThrows(BatchUpdateException.class, statement::executeBatch);

            assertEquals("23505", failure.getSQLState());
            int[] failed = {Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED};
            assertArrayEquals(failed, failure.getUpdateCounts());
        }
    }

    @Test
    void failedSeparateBatchNamesWhatWasDoneBefore() throws SQLException {
        prepared = Replies.preparedWrite(false, DataType.INTEGER, DataType.varchar(3));
        executed = Response.Failure.of(ErrorCode.CHECK_VIOLATION, "check failed", 0, 2);
        try (PreparedStatement statement = connection.prepareStatement("update t set n = ? where m = ?")) {
            addThree(statement);

            BatchUpdateException failure = assertThrows(BatchUpdateException.class, statement::executeBatch);

            int[] done = {Statement.SUCCESS_NO_INFO, Statement.SUCCESS_NO_INFO};
            assertArrayEquals(done, failure.getUpdateCounts());
        }
    }

    private static void addThree(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < 3; i++) {
            statement.setInt(1, i);
            statement.setString(2, "a");
            statement.addBatch();
        }
    }

    @Test
    void generatedKeysOfABatchAreOneResult() throws SQLException {
        executed = new Response.BatchComplete(
                new long[] {1, 1, 1},
                new RowSet(Replies.NUMBERS, List.of(Replies.numbers(4, 6), Replies.numbers(6, 7))));
        try (PreparedStatement statement =
                connection.prepareStatement("insert into t values (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            addThree(statement);
            statement.executeBatch();

            ResultSet keys = statement.getGeneratedKeys();
            for (int key = 4; key < 7; key++) {
                assertTrue(keys.next());
                assertEquals(key, keys.getInt(1));
            }
            assertFalse(keys.next());
        }
    }

    @Test
    void rowThatDoesNotFitLeavesTheBatchAsItWas() throws SQLException {
        executed = null;
        try (PreparedStatement statement = connection.prepareStatement("insert into t values (?, ?)")) {
            addThree(statement);
            statement.setString(2, "too long");
            assertThrows(SQLDataException.class, statement::addBatch);

            assertEquals(3, statement.executeBatch().length);
        }
    }

    @Test
    void metadataIsKnownBeforeExecution() throws SQLException {
        prepared = Replies.preparedQuery(DataType.decimal(10, 2));
        try (PreparedStatement statement = connection.prepareStatement("select n from numbers where d = ?")) {
            ResultSetMetaData columns = statement.getMetaData();
            assertEquals("n", columns.getColumnLabel(1));
            assertEquals(Types.INTEGER, columns.getColumnType(1));
            assertEquals("numbers", columns.getTableName(1));
            assertEquals(ResultSetMetaData.columnNoNulls, columns.isNullable(1));
            assertEquals(Types.DECIMAL, statement.getParameterMetaData().getParameterType(1));
            assertEquals(10, statement.getParameterMetaData().getPrecision(1));
            assertEquals(2, statement.getParameterMetaData().getScale(1));
        }
        prepared = Replies.preparedWrite(true);
        try (PreparedStatement statement = connection.prepareStatement("delete from t")) {
            assertNull(statement.getMetaData());
        }
    }

    @Test
    void columnsThatChangedSincePreparingAreTakenFromTheAnswer() throws SQLException {
        prepared = Replies.preparedQuery();
        executed = new RowBatch(
                0,
                Progress.LAST,
                List.of(io.trellisdb.protocol.message.ColumnMetadata.ofExpression("m", DataType.INTEGER)),
                Replies.numbers(0, 1));
        try (PreparedStatement statement = connection.prepareStatement("select * from numbers");
                ResultSet rows = statement.executeQuery()) {
            assertTrue(rows.next());
            assertEquals(0, rows.getInt("m"));
        }
    }

    @Test
    void closingForgetsTheStatementOnTheServer() throws SQLException {
        PreparedStatement statement = connection.prepareStatement("delete from t");
        statement.close();
        statement.close();
        assertTrue(connection.isValid(5));

        assertEquals(1, server.scripted().received(Request.CloseStatement.class).size());
        assertEquals(
                "55000", assertThrows(SQLException.class, statement::execute).getSQLState());
    }

    @Test
    void textIsRefused() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from t")) {
            assertThrows(SQLException.class, () -> statement.executeQuery("select 1"));
            assertThrows(SQLException.class, () -> statement.addBatch("select 1"));
        }
    }
}
