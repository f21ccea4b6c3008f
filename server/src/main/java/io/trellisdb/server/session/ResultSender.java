package io.trellisdb.server.session;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.sql.ResultColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends a session's results in pieces, as the client gives credit and reads; keeps those that wait for credit. Confined to the
 * session's running request.
 */
final class ResultSender {
    /** Results of a session that wait for credit. */
    static final int MAX_CURSORS = 256;

    private final SessionMetrics metrics;
    private final ResponseSink sink;
    private final Map<Long, OpenCursor> cursors = new HashMap<>();
    private @Nullable Stream stream;

    ResultSender(SessionMetrics metrics, ResponseSink sink) {
        this.metrics = metrics;
        this.sink = sink;
    }

    /** A result that is being sent. */
    private static final class Stream {
        private final OpenCursor cursor;
        private final StatementRunner.Reply reply;
        private long credit;
        private @Nullable List<ResultColumn> columns;

        Stream(OpenCursor cursor, long credit, @Nullable List<ResultColumn> columns, StatementRunner.Reply reply) {
            this.cursor = cursor;
            this.credit = credit;
            this.columns = columns;
            this.reply = reply;
        }
    }

    /** A result that waits for credit; it waits no more. */
    OpenCursor take(long id) {
        OpenCursor cursor = cursors.remove(id);
        if (cursor == null) {
            throw new TrellisException(ErrorCode.INVALID_CURSOR, "cursor is not open: " + id);
        }
        return cursor;
    }

    /** Drops a result that waits for credit, if there is one. */
    void close(long id) {
        OpenCursor cursor = cursors.remove(id);
        if (cursor != null) {
            cursor.close();
        }
    }

    /**
     * Sends a result as far as its credit and the sink go.
     *
     * @param columns described to the client before the rows; null when it knows them
     */
    void send(OpenCursor cursor, long credit, @Nullable List<ResultColumn> columns, StatementRunner.Reply reply) {
        stream = new Stream(cursor, credit, columns, reply);
        goOn();
    }

    /** Whether a result's rows wait until the client has read those before them. */
    boolean isSending() {
        return stream != null;
    }

    /** Ends a result that waits for the client. */
    void drop() {
        Stream dropped = stream;
        if (dropped != null) {
            stream = null;
            dropped.cursor.close();
        }
    }

    /** Sends rows until the result or its credit ends, or the sink is full. */
    void goOn() {
        Stream now = Objects.requireNonNull(stream, "no result is being sent");
        boolean keep = false;
        try {
            do {
                keep = sendSlice(now);
            } while (keep && sink.isWritable());
        } finally {
            if (!keep) {
                stream = null;
                if (!cursors.containsKey(now.cursor.id())) {
                    now.cursor.close();
                }
            }
        }
    }

    /** Whether more is to be sent; a result whose credit is used up is kept for the next fetch. */
    private boolean sendSlice(Stream now) {
        OpenCursor cursor = now.cursor;
        Batch rows = cursor.take(now.credit);
        now.credit -= rows.rowCount();
        Progress progress = cursor.isFinished() ? Progress.LAST : now.credit == 0 ? Progress.SUSPENDED : Progress.MORE;
        if (progress == Progress.SUSPENDED) {
            if (cursors.size() >= MAX_CURSORS) {
                throw new TrellisException(
                        ErrorCode.LIMIT_EXCEEDED, "session has too many open results: " + MAX_CURSORS);
            }
            cursors.put(cursor.id(), cursor);
        }
        metrics.sentRows(rows.rowCount());
        List<ResultColumn> described = now.columns;
        now.columns = null;
        now.reply.send(new Response.RowBatch(
                progress == Progress.LAST ? 0 : cursor.id(),
                progress,
                described == null ? null : MessageMapping.columns(described),
                rows));
        return progress == Progress.MORE;
    }

    /** Drops everything. */
    void release() {
        drop();
        cursors.values().forEach(OpenCursor::close);
        cursors.clear();
    }
}
