package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.wire.ExecuteOptions;
import io.trellisdb.jdbc.wire.LocalRows;
import io.trellisdb.jdbc.wire.Outcome;
import io.trellisdb.jdbc.wire.Session;
import io.trellisdb.protocol.message.FetchLimits;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.RowSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all statements share: settings, the current result, warnings, closing. One thread at a time, but {@link #cancel} is for
 * any.
 */
abstract class CommonStatement extends UnsupportedStatement implements JdbcWrapper {
    private static final int MAX_WARNINGS = 1_000;
    private static final int MAX_QUERY_TIMEOUT_SECONDS = 86_400;

    private final TrellisConnection connection;
    private int fetchSize;
    private long maxRows;
    private int queryTimeoutSeconds;
    private boolean isEscapeProcessing = true;
    private boolean isPoolable;
    private boolean isCloseOnCompletion;
    private boolean isClosed;
    private volatile boolean isRunning;
    private @Nullable TrellisResultSet result;
    private long updateCount = -1;
    private @Nullable RowSet generatedKeys;
    private @Nullable SQLWarning warnings;

    CommonStatement(TrellisConnection connection) {
        this.connection = connection;
        this.fetchSize = connection.defaultFetchSize();
        this.queryTimeoutSeconds = connection.defaultQueryTimeoutSeconds();
    }

    final Session session() {
        return connection.session();
    }

    final TrellisConnection connection() {
        return connection;
    }

    final void checkOpen() throws SQLException {
        if (isClosed) {
            throw SqlErrors.of(ErrorCode.WRONG_OBJECT_STATE, "statement is closed");
        }
        connection.checkOpen();
    }

    final String withoutEscapes(String sql) throws SQLException {
        return isEscapeProcessing ? JdbcEscapes.translate(sql) : sql;
    }

    final long deadlineMillis() {
        return queryTimeoutSeconds * 1_000L;
    }

    final ExecuteOptions options(GeneratedKeys keys) {
        long credit = maxRows > 0 ? Math.min(maxRows, fetchSize) : fetchSize;
        return new ExecuteOptions(new FetchLimits(credit, maxRows), keys, deadlineMillis());
    }

    /** Something that talks to the server on behalf of this statement. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Runs work that {@link #cancel} may stop, with the previous result closed first. */
    final <T> T perform(Work<T> work) throws SQLException {
        checkOpen();
        closeResult();
        updateCount = -1;
        generatedKeys = null;
        warnings = null;
        isRunning = true;
        try {
            return work.run();
        } finally {
            isRunning = false;
            session().takeWarnings().forEach(w -> addWarning(new SQLWarning(w.message(), w.sqlState())));
        }
    }

    final void addWarning(SQLWarning warning) {
        SQLWarning first = warnings;
        if (first == null) {
            warnings = warning;
            return;
        }
        int count = 1;
        for (SQLWarning w = first; w != null && count < MAX_WARNINGS; w = w.getNextWarning()) {
            count++;
        }
        if (count < MAX_WARNINGS) {
            first.setNextWarning(warning);
        }
    }

    /** Takes over what a statement gave; whether it has rows. */
    final boolean accept(Outcome outcome) throws SQLException {
        if (outcome instanceof Outcome.Rows rows) {
            result = connection.resultSet(rows.rows(), this, fetchSize);
            return true;
        } else if (outcome instanceof Outcome.Count count) {
            updateCount = count.updateCount();
            generatedKeys = count.generatedKeys();
        }
        return false;
    }

    final void acceptKeys(@Nullable RowSet keys) {
        generatedKeys = keys;
    }

    /** The result of {@link #accept} as a query's. */
    final ResultSet requireRows() throws SQLException {
        TrellisResultSet rows = result;
        if (rows == null) {
            throw SqlErrors.of(
                    ErrorCode.WRONG_OBJECT_STATE, "statement returned no rows: use executeUpdate or execute");
        }
        return rows;
    }

    /** The result of {@link #accept} as an update's. */
    final long requireCount() throws SQLException {
        if (result != null) {
            closeResult();
            throw SqlErrors.of(ErrorCode.WRONG_OBJECT_STATE, "statement returned rows: use executeQuery or execute");
        }
        return updateCount;
    }

    static int narrow(long count) {
        return count > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count;
    }

    static GeneratedKeys keys(int autoGeneratedKeys) throws SQLException {
        return switch (autoGeneratedKeys) {
            case Statement.NO_GENERATED_KEYS -> GeneratedKeys.none();
            case Statement.RETURN_GENERATED_KEYS -> new GeneratedKeys.Identity();
            default ->
                throw SqlErrors.of(
                        ErrorCode.INVALID_PARAMETER, "choice of generated keys is unknown: " + autoGeneratedKeys);
        };
    }

    static GeneratedKeys keys(String @Nullable [] columnNames) {
        return columnNames == null || columnNames.length == 0
                ? GeneratedKeys.none()
                : new GeneratedKeys.Columns(List.of(columnNames));
    }

    private void closeResult() throws SQLException {
        TrellisResultSet open = result;
        result = null;
        if (open != null) {
            open.close();
        }
    }

    /** All rows were read: the server holds nothing for this result any more. */
    final void onResultRead() {
        isRunning = false;
    }

    final void onResultClosed(TrellisResultSet closed) throws SQLException {
        if (closed == result && isCloseOnCompletion) {
            close();
        }
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return result;
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return narrow(getLargeUpdateCount());
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return result == null ? updateCount : -1;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return getMoreResults(Statement.CLOSE_CURRENT_RESULT);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (current == Statement.KEEP_CURRENT_RESULT) {
            result = null;
        } else {
            closeResult();
        }
        updateCount = -1;
        return false;
    }

    /** An empty result when none were asked for, as JDBC demands. */
    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        RowSet keys = generatedKeys == null ? new RowSet(List.of(), List.of()) : generatedKeys;
        return connection.resultSet(new LocalRows(keys), this, fetchSize);
    }

    @Override
    public void cancel() throws SQLException {
        if (isRunning || result != null) {
            session().cancel();
        }
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return queryTimeoutSeconds;
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        if (seconds < 0) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "query timeout is negative: " + seconds);
        }
        queryTimeoutSeconds = Math.min(seconds, MAX_QUERY_TIMEOUT_SECONDS);
    }

    @Override
    public int getMaxRows() throws SQLException {
        return (int) Math.min(getLargeMaxRows(), Integer.MAX_VALUE);
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        checkOpen();
        return maxRows;
    }

    @Override
    public void setMaxRows(int rows) throws SQLException {
        setLargeMaxRows(rows);
    }

    @Override
    public void setLargeMaxRows(long rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "number of rows is negative: " + rows);
        }
        maxRows = rows;
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        checkOpen();
        return 0;
    }

    @Override
    public void setMaxFieldSize(int bytes) throws SQLException {
        checkOpen();
        if (bytes != 0) {
            throw SqlErrors.unsupported("Statement.setMaxFieldSize other than 0: values are never cut");
        }
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    /** 0 chooses the connection's default. */
    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER, "fetch size is negative: " + rows);
        }
        fetchSize = rows == 0 ? connection.defaultFetchSize() : rows;
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != ResultSet.FETCH_FORWARD) {
            throw SqlErrors.unsupported("fetch direction other than forward");
        }
    }

    @Override
    public int getResultSetType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public void setEscapeProcessing(boolean enabled) throws SQLException {
        checkOpen();
        isEscapeProcessing = enabled;
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
        isPoolable = poolable;
    }

    @Override
    public boolean isPoolable() throws SQLException {
        checkOpen();
        return isPoolable;
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        checkOpen();
        isCloseOnCompletion = true;
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        checkOpen();
        return isCloseOnCompletion;
    }

    @Override
    public Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public boolean isClosed() {
        return isClosed || connection.isClosed();
    }

    @Override
    public void close() throws SQLException {
        if (!isClosed) {
            isClosed = true;
            closeResult();
            onClose();
        }
    }

    /** Frees what the kind of statement holds on the server. */
    void onClose() {
        // a statement without a plan holds nothing
    }
}
