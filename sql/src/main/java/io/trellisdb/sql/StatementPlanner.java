package io.trellisdb.sql;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.access.KeyAccess;
import io.trellisdb.sql.access.KeyLookup;
import io.trellisdb.sql.definition.DefinitionRunner;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.parser.SqlSyntax;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.planning.PlannedQuery;
import io.trellisdb.sql.syntax.DescribeTable;
import io.trellisdb.sql.syntax.ExplainStatement;
import io.trellisdb.sql.syntax.KillStatement;
import io.trellisdb.sql.syntax.LockingQuery;
import io.trellisdb.sql.syntax.SetStatement;
import io.trellisdb.sql.syntax.ShowStatement;
import io.trellisdb.sql.syntax.TransactionStatement;
import io.trellisdb.sql.syntax.UseDatabase;
import io.trellisdb.sql.syntax.VerifyStatement;
import io.trellisdb.sql.write.WritePlan;
import io.trellisdb.sql.write.WritePlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Plans one text of any kind. Safe for all threads. */
final class StatementPlanner {
    private final EngineParts parts;

    StatementPlanner(EngineParts parts) {
        this.parts = parts;
    }

    PlannedStatement plan(String sql, Catalog catalog, String database) {
        SqlNode statement = SqlSyntax.parseStatement(sql);
        if (WritePlanner.isChange(statement)) {
            WritePlan plan = parts.writePlanner().plan(statement, catalog, database);
            return new ChangeStatement(plan, Columns.of(plan.columns()));
        }
        if (DefinitionRunner.isDefinition(statement)) {
            return new DefinitionStatement(sql);
        }
        if (statement instanceof ExplainStatement explain) {
            return new Explanations(this, catalog, database).plan(explain);
        }
        if (statement instanceof ShowStatement show) {
            return new ShowPlanner(this, catalog, database).show(show);
        }
        if (statement instanceof DescribeTable describe) {
            return new ShowPlanner(this, catalog, database).describe(describe);
        }
        if (statement instanceof SetStatement set) {
            return SessionPlanner.set(set);
        }
        if (statement instanceof UseDatabase use) {
            return SessionPlanner.use(use);
        }
        if (statement instanceof KillStatement kill) {
            return SessionPlanner.kill(kill);
        }
        if (statement instanceof VerifyStatement verify) {
            return VerifyPlanner.plan(verify);
        }
        if (statement instanceof TransactionStatement transaction) {
            return SessionPlanner.transaction(transaction);
        }
        if (statement instanceof LockingQuery) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED, "SELECT … FOR UPDATE and FOR SHARE are not supported yet");
        }
        if (!statement.isA(SqlKind.QUERY)) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "statement is not supported: " + statement.getKind());
        }
        return query(statement, catalog, database);
    }

    PlannedStatement query(SqlNode statement, Catalog catalog, String database) {
        PlannedQuery query = parts.planner().plan(statement, catalog, database);
        List<ResultColumn> columns = Columns.of(query.columns());
        RoutingRule routing = routing(query.root(), catalog);
        Optional<KeyAccess> access = KeyAccess.of(query.root(), id -> catalog.findContainer(id)
                .map(container -> container.primaryKey().size())
                .orElse(0));
        if (access.isPresent()) {
            ContainerDescriptor container =
                    catalog.findContainer(access.get().scan().containerId()).orElseThrow();
            return new KeyReadStatement(query, new KeyLookup(access.get(), container), columns, routing);
        }
        return new QueryStatement(query, columns, routing);
    }

    /** The route of a query over one container; several need any node. */
    private static RoutingRule routing(PlanNode root, Catalog catalog) {
        List<Scan> scans = new ArrayList<>();
        collectScans(root, scans);
        RoutingRule only = new RoutingRule.Anywhere();
        for (int i = 0; i < scans.size(); i++) {
            RoutingRule rule = routing(scans.get(i), catalog);
            if (i > 0 && !rule.equals(only)) {
                return new RoutingRule.Anywhere();
            }
            only = rule;
        }
        return only;
    }

    private static void collectScans(PlanNode node, List<Scan> scans) {
        if (node instanceof Scan scan) {
            scans.add(scan);
        }
        node.inputs().forEach(input -> collectScans(input, scans));
    }

    private static RoutingRule routing(Scan scan, Catalog catalog) {
        if (scan.partitions() instanceof ScanPartitions.One one) {
            return new RoutingRule.ToPartition(one.partition());
        }
        boolean isHash = catalog.findContainer(scan.containerId())
                .filter(container -> container.partitioning() instanceof Partitioning.Hash)
                .isPresent();
        if (!isHash || !(scan.partitions() instanceof ScanPartitions.OfValues values)) {
            return new RoutingRule.Anywhere();
        }
        List<Integer> parameters = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (Expression value : values.values()) {
            if (!(value instanceof Parameter parameter)) {
                return new RoutingRule.Anywhere();
            }
            parameters.add(parameter.index());
            types.add(parameter.type());
        }
        return new RoutingRule.ByParameters(parameters, types);
    }
}
