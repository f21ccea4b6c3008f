package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import java.util.List;
import java.util.function.Function;

/** A statement whose rows are computed from what planning found. */
record ExplainedStatement(
        List<DataType> parameterTypes, List<ResultColumn> columns, Function<Execution, ExecutionResult> work)
        implements PlannedStatement {
    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }

    @Override
    public ExecutionResult run(Execution execution) {
        return work.apply(execution);
    }
}
