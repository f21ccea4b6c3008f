package io.trellisdb.sql.planning;

import io.trellisdb.common.catalog.DatabaseDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Binds a scalar by validating {@code SELECT expression FROM scopes} and taking the expression of its projection. */
final class ScalarBinder {
    /** The database in which the scopes are tables; a name that no statement can give to one. */
    static final String SCOPES = "$scopes";

    static final DatabaseDescriptor DATABASE = new DatabaseDescriptor(-2, SCOPES);

    private static final SqlParserPos POS = SqlParserPos.ZERO;
    private static final RowScope NOTHING =
            new RowScope("$nothing", List.of(new OutputColumn("$none", DataType.INTEGER, true)));

    private ScalarBinder() {}

    static QueryPlanner.BoundScalar bind(
            PlanningRun run, SqlNode expression, List<RowScope> scopes, Optional<DataType> target) {
        if (expression instanceof SqlDynamicParam parameter) {
            return parameter(parameter, target.orElse(DataType.VARCHAR));
        }
        RexNode bound = bound(run, expression, scopes.isEmpty() ? List.of(NOTHING) : scopes);
        List<OutputColumn> columns =
                scopes.stream().flatMap(scope -> scope.columns().stream()).toList();
        ExpressionTranslator translator = new ExpressionTranslator(columns, Correlations.NONE);
        Expression value = translator.translate(bound);
        if (target.isPresent() && !target.get().equals(value.type())) {
            value = new Cast(value, target.get(), true);
        }
        return new QueryPlanner.BoundScalar(value, value.type(), bound.getType().isNullable(), run.parameterTypes());
    }

    /** A bare parameter has the type of the column that takes it. */
    private static QueryPlanner.BoundScalar parameter(SqlDynamicParam parameter, DataType type) {
        List<DataType> types = new ArrayList<>(Collections.nCopies(parameter.getIndex(), DataType.NULL));
        types.add(type);
        return new QueryPlanner.BoundScalar(new Parameter(parameter.getIndex(), type), type, true, types);
    }

    private static RexNode bound(PlanningRun run, SqlNode expression, List<RowScope> scopes) {
        SqlNode from = null;
        for (int i = 0; i < scopes.size(); i++) {
            run.addScope("s" + i, scopes.get(i));
            SqlNode table = SqlStdOperatorTable.AS.createCall(
                    POS,
                    new SqlIdentifier(List.of(SCOPES, "s" + i), POS),
                    new SqlIdentifier(scopes.get(i).alias(), POS));
            from = from == null
                    ? table
                    : new SqlJoin(
                            POS,
                            from,
                            SqlLiteral.createBoolean(false, POS),
                            JoinType.COMMA.symbol(POS),
                            table,
                            JoinConditionType.NONE.symbol(POS),
                            null);
        }
        SqlNode named = SqlStdOperatorTable.AS.createCall(POS, expression, new SqlIdentifier("$value", POS));
        SqlSelect select = new SqlSelect(
                POS, null, SqlNodeList.of(named), from, null, null, null, null, null, null, null, null, null);
        RelNode node = run.analyse(select, run.database()).convert().rel;
        return check(node);
    }

    private static RexNode check(RelNode node) {
        if (node instanceof Aggregate || contains(node, Aggregate.class)) {
            throw new TrellisException(ErrorCode.GROUPING_ERROR, "aggregate functions are not allowed here");
        }
        RexNode expression = node instanceof Project project
                ? project.getProjects().get(0)
                : node.getCluster().getRexBuilder().makeInputRef(node, 0);
        if (RexOver.containsOver(expression)) {
            throw new TrellisException(ErrorCode.GROUPING_ERROR, "window functions are not allowed here");
        }
        if (RexUtil.SubQueryFinder.find(expression) != null) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "subqueries are not supported here");
        }
        return expression;
    }

    private static boolean contains(RelNode node, Class<? extends RelNode> wanted) {
        List<RelNode> inputs = new ArrayList<>(node.getInputs());
        while (!inputs.isEmpty()) {
            RelNode next = inputs.remove(inputs.size() - 1);
            if (wanted.isInstance(next)) {
                return true;
            }
            if (!(next instanceof TableScan)) {
                inputs.addAll(next.getInputs());
            }
        }
        return false;
    }
}
