package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionState;
import io.trellisdb.sql.write.WriteRequest;
import java.util.List;

/**
 * One execution of a planned statement.
 *
 * @param rows the parameters in the statement's types, in batches; one row without columns when there are none
 * @param context the execution as operators know it; its parameters are the first row
 */
record Execution(
        EngineParts parts, SessionState session, ExecutionRequest request, List<Batch> rows, QueryContext context) {
    static final Batch NO_PARAMETERS = new Batch(1);

    QueryServices services() {
        return context.services();
    }

    /** Refuses more or less than one row of parameters. */
    void requireOneRow() {
        if (rows.size() != 1 || rows.get(0).rowCount() != 1) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "statement takes one row of parameters");
        }
    }

    WriteRequest writeRequest() {
        return new WriteRequest(
                context,
                rows,
                row -> new QueryContext(services(), session, row, context.deadlineNanos(), context.memory()),
                request.token(),
                request.generatedKeys());
    }
}
