package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.access.KeyLookup;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.planning.PlannedQuery;
import io.trellisdb.storage.BatchCursor;
import java.util.List;
import java.util.Optional;

/** A query for the row of a key: no operators, no waiting. */
record KeyReadStatement(PlannedQuery query, KeyLookup lookup, List<ResultColumn> columns, RoutingRule routing)
        implements PlannedStatement {
    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }

    @Override
    public List<DataType> parameterTypes() {
        return query.parameterTypes();
    }

    @Override
    public boolean isKeyRead() {
        return true;
    }

    @Override
    public ExecutionResult run(Execution execution) {
        execution.requireOneRow();
        EvaluationContext context = EvaluationContext.of(execution.context());
        Optional<Batch> row = lookup.read(execution.services(), execution.rows().get(0), context);
        return new ExecutionResult.Rows(
                columns, row.isPresent() ? Columns.cursor(List.of(row.get())) : BatchCursor.empty());
    }
}
