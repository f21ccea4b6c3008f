package io.trellisdb.protocol.message;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.ErrorCode.Category;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.type.DataType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server answers. */
public sealed interface Response {
    /** The client must authenticate by one of these mechanisms, best first. */
    record AuthenticationRequired(List<String> mechanisms) implements Response {
        public AuthenticationRequired {
            mechanisms = List.copyOf(mechanisms);
        }
    }

    /** The server's next message of the mechanism under way. */
    record AuthenticationStep(byte[] message) implements Response {}

    /**
     * The session stands.
     *
     * @param protocolVersion the version that both sides speak from now on
     * @param serverVersion product version, such as {@code 0.1.0}
     * @param key the session; when a session was to be resumed and the id differs, its tokens are unknown to the server
     * @param catalogName the cluster's name (JDBC: catalog)
     * @param nodeId the node that answers
     * @param capabilities bits of {@link Capabilities}
     * @param authenticationEnd the mechanism's last message, empty when there is none
     * @param settings the session's settings as they are now
     * @param table nodes and owners as published
     */
    record Welcome(
            int protocolVersion,
            String serverVersion,
            SessionKey key,
            String catalogName,
            int nodeId,
            long capabilities,
            byte[] authenticationEnd,
            Map<SessionSetting, String> settings,
            PartitionTable table)
            implements Response {
        public Welcome {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * A planned statement.
     *
     * @param statement the handle, positive, valid in this session on this connection
     * @param parameters the type of each parameter; {@link DataType#NULL} where any type will do
     * @param atomicBatch whether a batch of parameter rows is one statement, as INSERT and UPSERT are
     * @param columns the columns of its result; empty when it returns no rows
     */
    record Prepared(
            long statement,
            StatementKind kind,
            boolean atomicBatch,
            List<DataType> parameters,
            List<ColumnMetadata> columns,
            Routing routing)
            implements Response {
        public Prepared {
            parameters = List.copyOf(parameters);
            columns = List.copyOf(columns);
        }
    }

    /**
     * Some rows of a result; also sent for a result without rows, so that a query is always answered by at least one.
     *
     * @param cursor names the result in {@link Request.Fetch}; 0 when the result ends with this frame
     * @param progress what comes after this frame
     * @param columns present in the first frame of a text statement's result, and of a prepared statement's when they differ
     *     from what was last said about that statement; null otherwise
     */
    record RowBatch(
            long cursor, Progress progress, @Nullable List<ColumnMetadata> columns, Batch rows) implements Response {
        public RowBatch {
            columns = columns == null ? null : List.copyOf(columns);
            if (cursor == 0 && progress != Progress.LAST) {
                throw new IllegalArgumentException("an unfinished result needs a cursor");
            }
        }

        /** What comes after a frame of rows. The order of the constants is their code on the wire. */
        public enum Progress {
            /** More frames of rows, without asking. */
            MORE,
            /** Nothing until {@link Request.Fetch} grants more: the credit is used up. */
            SUSPENDED,
            /** Nothing: the result is finished, its cursor closed. */
            LAST
        }
    }

    /**
     * A statement that returns no rows is done.
     *
     * @param kind what it was
     * @param updateCount rows changed; 0 for a definition or a command; -2 when it is held back until COMMIT
     * @param generatedKeys the values asked for, or null when none were
     */
    record Complete(
            StatementKind kind, long updateCount, @Nullable RowSet generatedKeys) implements Response {
        /** {@link #updateCount} of a statement that is held back until COMMIT: its rows are not known yet. */
        public static final long HELD_BACK = -2;
    }

    /**
     * A batch is done.
     *
     * @param updateCounts one count for each row of parameters, -2 where only the whole is known or it is held back
     */
    record BatchComplete(long[] updateCounts, @Nullable RowSet generatedKeys) implements Response {}

    /** Done, and nothing to say about it. */
    record Done() implements Response {}

    /** The session is served. A draining node takes no new sessions and will close this one. */
    record Pong(boolean draining) implements Response {}

    /** The published partition table. */
    record ClusterTable(PartitionTable table) implements Response {}

    /**
     * The request was not executed, not even in part, and may be sent again elsewhere.
     *
     * @param hint where to send it, if the server knows
     */
    record Refused(
            Reason reason, long tableVersion, @Nullable NodeAddress hint, String message) implements Response {
        /** Why. The order of the constants is their code on the wire. */
        public enum Reason {
            /** Another node owns the partition. */
            NOT_OWNER,
            /** The server knows a newer partition table than the request was routed by, or needs one. */
            STALE_TABLE,
            /** The node is being stopped. */
            DRAINING
        }
    }

    /**
     * The request failed.
     *
     * @param code {@link ErrorCode#name()}, possibly of a newer server's code
     * @param retryable whether the same request may succeed when sent again unchanged
     * @param outcomeUnknown whether it may or may not have been executed
     * @param position character of the SQL text where the error is, from 1; 0 when it has no place
     * @param row row of the parameters that caused it, from 0; -1 when none did
     */
    record Failure(
            String sqlState,
            String code,
            Category category,
            String message,
            boolean retryable,
            boolean outcomeUnknown,
            int position,
            int row)
            implements Response {
        public static Failure of(TrellisException failure) {
            return of(failure.code(), failure.getMessage());
        }

        public static Failure of(ErrorCode code, String message) {
            return of(code, message, 0, -1);
        }

        public static Failure of(ErrorCode code, String message, int position, int row) {
            return new Failure(
                    code.sqlState(),
                    code.name(),
                    code.category(),
                    message,
                    code.retryable(),
                    code == ErrorCode.OUTCOME_UNKNOWN,
                    position,
                    row);
        }
    }

    /** Said in passing: it ends no exchange. With the id of a request it precedes that request's answer. */
    sealed interface Notice extends Response {}

    /** A newer partition table was published. */
    record TableChanged(PartitionTable table) implements Notice {}

    /** A statement, such as USE or SET, changed a setting. */
    record SessionChanged(SessionSetting setting, String value) implements Notice {}

    /** Worth knowing about the request. */
    record Warning(String sqlState, String message) implements Notice {}

    /** The node is being stopped: finish and go elsewhere. */
    record Draining() implements Notice {}
}
