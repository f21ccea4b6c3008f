package io.trellisdb.sql;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.write.WritePlan;
import io.trellisdb.sql.write.WriteRunner;
import java.util.List;

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
    public ExecutionResult run(Execution execution) {
        WriteRunner.Outcome outcome = execution.parts().writes().run(plan, execution.writeRequest());
        return new ExecutionResult.Updated(
                outcome.count(),
                new ExecutionResult.Rows(Columns.of(outcome.columns()), Columns.cursor(outcome.returned())));
    }
}
