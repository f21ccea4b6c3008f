package io.trellisdb.sql.operator;

import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.storage.BatchCursor;

/** Runs physical plans. Safe for all threads; every execution belongs to the thread that pulls its cursor. */
public final class QueryExecutor {
    private final FragmentRunner fragments;
    private final SystemTables systemTables;

    public QueryExecutor(FragmentRunner fragments, SystemTables systemTables) {
        this.fragments = fragments;
        this.systemTables = systemTables;
    }

    /**
     * Starts a plan. Rows are computed as the cursor is pulled; the caller closes it, which releases the memory that the
     * plan's buffers took.
     *
     * @throws io.trellisdb.common.error.TrellisException when the plan uses a function that does not exist
     */
    public BatchCursor open(PlanNode plan, QueryContext query) {
        return Operators.build(plan, Execution.ofQuery(query, fragments, systemTables));
    }
}
