package io.trellisdb.jdbc.wire;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.retry.RequestState.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a server sends under credit. When a batch that used up the credit is handed out, the next credit is granted at
 * once, so that the server works while the application reads.
 */
final class RemoteRows implements RowSource {
    private final Session session;
    private final Link link;
    private final List<ColumnMetadata> columns;
    private final long deadlineMillis;
    private long exchange;
    private long cursor;
    private long creditRows;
    private @Nullable RowBatch pending;
    private boolean isOver;

    RemoteRows(
            Session session,
            Link link,
            long exchange,
            RowBatch first,
            List<ColumnMetadata> columns,
            long creditRows,
            long deadlineMillis) {
        this.session = session;
        this.link = link;
        this.exchange = exchange;
        this.columns = columns;
        this.creditRows = creditRows;
        this.deadlineMillis = deadlineMillis;
        this.cursor = first.cursor();
        this.pending = first;
    }

    @Override
    public List<ColumnMetadata> columns() {
        return columns;
    }

    @Override
    public @Nullable Batch nextBatch() throws SQLException {
        while (!isOver) {
            RowBatch batch = pending == null ? receive() : pending;
            pending = null;
            proceed(batch.progress());
            if (batch.rows().rowCount() > 0) {
                return batch.rows();
            }
        }
        return null;
    }

    private void proceed(Progress progress) throws SQLException {
        if (progress == Progress.LAST) {
            isOver = true;
        } else if (progress == Progress.SUSPENDED) {
            session.lock();
            try {
                exchange = link.send(new Request.Fetch(cursor, creditRows), deadlineMillis);
            } catch (IOException e) {
                throw lost(e);
            } finally {
                session.unlock();
            }
        }
    }

    private RowBatch receive() throws SQLException {
        session.lock();
        try {
            Response answer =
                    link.receive(exchange, session.waitMillis(deadlineMillis)).response();
            if (answer instanceof RowBatch batch) {
                return batch;
            }
            isOver = true;
            if (answer instanceof Response.Failure failure) {
                throw SqlErrors.of(failure);
            } else if (answer instanceof Response.Refused refused) {
                throw SqlErrors.of(ErrorCode.CONNECTION_LOST, "server ended the result: " + refused.message());
            }
            throw lost(Link.unexpected(answer));
        } catch (SocketTimeoutException e) {
            isOver = true;
            throw session.timedOut(Kind.READ, deadlineMillis, e);
        } catch (IOException e) {
            throw lost(e);
        } finally {
            session.unlock();
        }
    }

    private SQLException lost(IOException e) {
        isOver = true;
        session.lostLink(link);
        return SqlErrors.of(
                ErrorCode.CONNECTION_LOST,
                "connection was lost after rows had been read: run the query again: " + e.getMessage(),
                e);
    }

    @Override
    public void fetchSize(int rows) {
        creditRows = rows;
    }

    @Override
    public void close() {
        if (isOver) {
            return;
        }
        isOver = true;
        RowBatch unread = pending;
        pending = null;
        session.lock();
        try {
            boolean isExchangeOver = unread != null && unread.progress() != Progress.MORE;
            if (link.isClosed() || unread != null && unread.progress() == Progress.LAST) {
                return;
            }
            if (!isExchangeOver) {
                link.abandon(exchange);
            }
            link.send(new Request.CloseCursor(cursor), 0);
        } catch (IOException e) {
            // the cursor went with its connection
            session.lostLink(link);
        } finally {
            session.unlock();
        }
    }
}
