package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.write.WritePlan;
import io.trellisdb.sql.write.WriteRunner;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A change of rows. */
record ChangeStatement(WritePlan plan, List<ResultColumn> columns) implements PlannedStatement {
    @Override
    public StatementKind kind() {
        return StatementKind.WRITE;
    }

    @Override
    public List<DataType> parameterTypes() {
        return plan.parameterTypes();
    }

    @Override
    public RoutingRule routing() {
        WritePlan.Route route = plan.route();
        if (route.partition() >= 0) {
            return new RoutingRule.ToPartition(route.partition());
        }
        return route.parameters().isEmpty()
                ? new RoutingRule.Anywhere()
                : new RoutingRule.ByParameters(route.parameters(), route.types());
    }

    @Override
    public boolean takesManyRows() {
        return plan instanceof WritePlan.InsertRows;
    }

    @Override
    public boolean isImmediateChange() {
        return columns.isEmpty() && WriteRunner.isImmediate(plan);
    }

    @Override
    public CompletionStage<ExecutionResult> start(Execution execution) {
        return execution.parts().writes().start(plan, execution.writeRequest()).thenApply(ChangeStatement::result);
    }

    @Override
    public ExecutionResult run(Execution execution) {
        return result(execution.parts().writes().run(plan, execution.writeRequest()));
    }

    private static ExecutionResult result(WriteRunner.Outcome outcome) {
        return new ExecutionResult.Updated(
                outcome.count(),
                new ExecutionResult.Rows(Columns.of(outcome.columns()), Columns.cursor(outcome.returned())));
    }
}
