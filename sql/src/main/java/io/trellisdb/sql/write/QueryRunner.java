package io.trellisdb.sql.write;

import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.storage.BatchCursor;

/** Runs a plan of a query; the cursor is closed by the caller. */
@FunctionalInterface
public interface QueryRunner {
    BatchCursor run(PlanNode plan, QueryContext context);
}
