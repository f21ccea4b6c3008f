package io.trellisdb.sql;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionState;
import java.util.function.Consumer;

/** Prepares and runs statements. Safe for all threads; one session runs one statement at a time. */
public final class SqlEngine {
    private final QueryServices services;
    private final SqlOptions options;

    public SqlEngine(QueryServices services, SqlOptions options) {
        this.services = services;
        this.options = options;
    }

    /** Plans and runs a fixed list of statements, so that the first statement of a user is fast. */
    public void warmUp() {}

    /**
     * Makes a statement ready to run.
     *
     * @throws TrellisException when the text is not a statement that Trellis can run
     */
    public PreparedQuery prepare(SessionState session, String sql) {
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "statement is not supported: " + sql + services + options);
    }

    /** {@link #execute(SessionState, PreparedQuery, ExecutionRequest, Consumer)} without a listener. */
    public ExecutionResult execute(SessionState session, PreparedQuery query, ExecutionRequest request) {
        return execute(session, query, request, context -> {});
    }

    /**
     * Runs a statement on the caller's thread and waits for what it changes. Rows are read by the caller afterwards.
     *
     * @param started is given the execution before it begins, so that others can cancel it
     */
    public ExecutionResult execute(
            SessionState session, PreparedQuery query, ExecutionRequest request, Consumer<QueryContext> started) {
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "statement is not supported: " + query.sql());
    }
}
