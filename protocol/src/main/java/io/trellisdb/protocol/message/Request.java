package io.trellisdb.protocol.message;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.token.Token;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client asks. Each record says which {@link Response} ends the exchange; {@link Response.Failure} always may. */
public sealed interface Request {
    /**
     * The first frame of a connection. Answered by {@link Response.AuthenticationRequired} or, where the server trusts the
     * client without proof, by {@link Response.Welcome}.
     *
     * @param minVersion lowest protocol version that the client speaks
     * @param maxVersion highest protocol version that the client speaks
     * @param clientName product and version, for logs
     * @param database the session's database; empty for the default
     * @param capabilities bits of {@link Capabilities}
     * @param resume the session that a lost connection had; its tokens go on, its statements, cursors and transaction do not
     */
    record Hello(
            int minVersion,
            int maxVersion,
            String clientName,
            String user,
            String database,
            long capabilities,
            @Nullable SessionKey resume)
            implements Request {}

    /**
     * One message of the client in a mechanism that the server named. Answered by {@link Response.AuthenticationStep} until
     * {@link Response.Welcome} ends the exchange.
     */
    record Authenticate(String mechanism, byte[] message) implements Request {}

    /** Plans a statement. Answered by {@link Response.Prepared}. */
    record Prepare(String sql, GeneratedKeys generatedKeys) implements Request {}

    /**
     * Runs a prepared statement with one row of parameters. Answered by {@link Response.RowBatch}es or one
     * {@link Response.Complete}.
     *
     * @param parameters one row; no columns where the statement has no parameters
     * @param token names the statement if it changes data
     */
    record Execute(
            long statement,
            Batch parameters,
            FetchLimits limits,
            @Nullable Token token) implements Request {}

    /**
     * Plans and runs a statement in one round trip. Answered as {@link Execute} is. A token may be given without knowing
     * whether the statement changes data.
     */
    record ExecuteText(
            String sql,
            Batch parameters,
            GeneratedKeys generatedKeys,
            FetchLimits limits,
            @Nullable Token token) implements Request {}

    /**
     * Runs a prepared changing statement once for each row of parameters. Answered by {@link Response.BatchComplete}.
     *
     * <p>Where {@link Response.Prepared#atomicBatch} says so, all rows are one statement under the token, applied whole or not
     * at all. Otherwise row {@code i} is a statement of its own and its token has the sequence {@code sequence + i}: the
     * client reserves as many numbers as there are rows. Outside a transaction the first row that fails then ends the batch,
     * and {@link Response.Failure#row} says how many were done before it.
     *
     * @param parameters one or more batches of equal types
     */
    record ExecuteBatch(long statement, List<Batch> parameters, Token token) implements Request {
        public ExecuteBatch {
            parameters = List.copyOf(parameters);
            if (parameters.isEmpty()) {
                throw new IllegalArgumentException("batch without parameters");
            }
        }

        /** Rows of all batches. */
        public int rowCount() {
            return parameters.stream().mapToInt(Batch::rowCount).sum();
        }
    }

    /** Grants a suspended cursor more rows. Answered by {@link Response.RowBatch}es. */
    record Fetch(long cursor, long creditRows) implements Request {
        public Fetch {
            if (creditRows < 1) {
                throw new IllegalArgumentException("fetch without credit: " + creditRows);
            }
        }
    }

    /** Ends a suspended cursor; one that is unknown is ignored. No answer, not even a failure. */
    record CloseCursor(long cursor) implements Request {}

    /** Forgets a prepared statement; one that is unknown is ignored. No answer, not even a failure. */
    record CloseStatement(long statement) implements Request {}

    /**
     * The first and only frame of a connection of its own: stops what the session is running now, if it runs anything.
     * Answered by {@link Response.Done} whether the key was right or not, then the server closes the connection.
     */
    record Cancel(SessionKey key) implements Request {}

    /** Changes settings of the session, all or none. Answered by {@link Response.Done}. */
    record SetSession(Map<SessionSetting, String> settings) implements Request {
        public SetSession {
            settings = Map.copyOf(settings);
        }
    }

    /** Opens a transaction with the session's isolation. Answered by {@link Response.Done}. */
    record Begin() implements Request {}

    /**
     * Commits the open transaction. Answered by {@link Response.Complete} with the rows that held-back statements changed.
     * The token names the whole transaction: its statements carry none that counts.
     */
    record Commit(Token token) implements Request {}

    /**
     * Asks what became of a request whose answer was lost, most of all of a COMMIT. Answered by {@link Response.Complete} if
     * it was done, by a failure SERIALIZATION_FAILURE if it was not and never will be, by OUTCOME_UNKNOWN if the server cannot
     * tell.
     */
    record AskOutcome(Token token) implements Request {}

    /** Drops the open transaction; none is no error. Answered by {@link Response.Done}. */
    record Rollback() implements Request {}

    /** Asks whether the session is served. Answered by {@link Response.Pong}. */
    record Ping() implements Request {}

    /** Asks for the published partition table. Answered by {@link Response.ClusterTable}. */
    record ReadTable() implements Request {}

    /** The client leaves: the session ends and the server closes the connection. No answer. */
    record Goodbye() implements Request {}
}
