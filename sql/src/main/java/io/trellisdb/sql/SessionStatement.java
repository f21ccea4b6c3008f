package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A statement about sessions, settings or transactions, or one that shows them. */
record SessionStatement(
        StatementKind kind,
        List<DataType> parameterTypes,
        List<ResultColumn> columns,
        Optional<Boolean> transactionReadOnly,
        Function<Execution, ExecutionResult> work)
        implements PlannedStatement {
    static SessionStatement of(StatementKind kind, Function<Execution, ExecutionResult> work) {
        return new SessionStatement(kind, List.of(), List.of(), Optional.empty(), work);
    }

    static SessionStatement rows(List<ResultColumn> columns, Function<Execution, ExecutionResult> work) {
        return new SessionStatement(StatementKind.QUERY, List.of(), columns, Optional.empty(), work);
    }

    @Override
    public boolean dependsOnCatalog() {
        return false;
    }

    @Override
    public ExecutionResult run(Execution execution) {
        return work.apply(execution);
    }
}
