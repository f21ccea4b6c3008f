package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.planning.PlannedQuery;
import java.util.List;

/** A query that runs as operators. */
record QueryStatement(PlannedQuery query, List<ResultColumn> columns, RoutingRule routing) implements PlannedStatement {
    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }

    @Override
    public List<DataType> parameterTypes() {
        return query.parameterTypes();
    }

    @Override
    public ExecutionResult run(Execution execution) {
        execution.requireOneRow();
        return new ExecutionResult.Rows(columns, execution.parts().queries().run(query.root(), execution.context()));
    }
}
