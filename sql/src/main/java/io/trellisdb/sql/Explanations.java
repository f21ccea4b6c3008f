package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.planning.PlanPrinter;
import io.trellisdb.sql.syntax.ExplainStatement;
import io.trellisdb.sql.syntax.SqlText;
import io.trellisdb.sql.write.WritePlan;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Plans EXPLAIN [ANALYZE]. Confined to one planning. */
final class Explanations {
    private static final List<ResultColumn> COLUMNS = Columns.text("plan");

    private final StatementPlanner planner;
    private final Catalog catalog;
    private final String database;

    Explanations(StatementPlanner planner, Catalog catalog, String database) {
        this.planner = planner;
        this.catalog = catalog;
        this.database = database;
    }

    PlannedStatement plan(ExplainStatement explain) {
        PlannedStatement statement = planner.plan(SqlText.of(explain.statement()), catalog, database);
        List<String> lines = lines(statement);
        if (!explain.analyze()) {
            return explained(List.of(), execution -> rows(lines));
        }
        if (statement.kind() != StatementKind.QUERY) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED, "EXPLAIN ANALYZE runs its statement, and is only supported for queries");
        }
        return explained(statement.parameterTypes(), execution -> analyze(statement, lines, execution));
    }

    private static PlannedStatement explained(List<DataType> parameters, Function<Execution, ExecutionResult> work) {
        return new ExplainedStatement(parameters, COLUMNS, work);
    }

    private static List<String> lines(PlannedStatement statement) {
        if (statement instanceof QueryStatement query) {
            return planLines(query.query().root(), "");
        }
        if (statement instanceof KeyReadStatement query) {
            List<String> lines = new ArrayList<>();
            lines.add("By key, without operators");
            lines.addAll(planLines(query.query().root(), "  "));
            return lines;
        }
        if (statement instanceof ChangeStatement change) {
            WritePlan.Explained explained = change.plan().explain();
            List<String> lines = new ArrayList<>();
            lines.add(explained.line());
            PlanNode input = explained.input();
            if (input != null) {
                lines.addAll(planLines(input, "  "));
            }
            return lines;
        }
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "statement has no plan to explain");
    }

    private static List<String> planLines(PlanNode root, String indent) {
        return PlanPrinter.print(root).lines().map(line -> indent + line).toList();
    }

    private static ExecutionResult rows(List<String> lines) {
        return Columns.textRows(COLUMNS, lines.stream().map(List::of).toList());
    }

    /** Runs the query, drops its rows and says how many there were and how long it took. */
    private static ExecutionResult analyze(PlannedStatement statement, List<String> lines, Execution execution) {
        long before = execution.services().nanoClock().nanoTime();
        long count = 0;
        ExecutionResult.Rows result = (ExecutionResult.Rows) statement.run(execution);
        try (BatchCursor cursor = result.cursor()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                count += batch.rowCount();
            }
        }
        long micros = (execution.services().nanoClock().nanoTime() - before) / 1000;
        List<String> all = new ArrayList<>(lines);
        all.add("Rows: " + count);
        all.add(String.format(Locale.ROOT, "Time: %d.%03d ms", micros / 1000, micros % 1000));
        return rows(all);
    }
}
