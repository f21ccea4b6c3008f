package io.trellisdb.sql.write;

import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.PlannedQuery;
import io.trellisdb.sql.planning.QueryPlanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Plans one MERGE: the source joined to the target with the target's row keys; source rows without a partner have none and
 * are inserted.
 */
final class MergePlanner {
    private static final SqlParserPos POS = SqlParserPos.ZERO;

    private final QueryPlanner planner;
    private final NameResolver names;
    private final Binder binder;

    MergePlanner(QueryPlanner planner, NameResolver names) {
        this.planner = planner;
        this.names = names;
        this.binder = new Binder(planner, names);
    }

    WritePlan plan(SqlMerge merge) {
        SqlIdentifier name = (SqlIdentifier) merge.getTargetTable();
        Target target = new Target(names.container(name));
        SqlIdentifier given = merge.getAlias();
        String alias = given == null ? target.container().name() : given.getSimple();
        SqlNodeList selected = ChangePlanner.selected(target, alias);
        List<Assignment> assignments = assignments(merge.getUpdateCall(), target, alias, selected);
        int[] inserted = inserted(merge.getInsertCall(), target, alias, selected);
        SqlJoin from = new SqlJoin(
                POS,
                merge.getSourceTableRef(),
                SqlLiteral.createBoolean(false, POS),
                JoinType.LEFT.symbol(POS),
                ChangePlanner.rowKeySource(names, name, target, alias),
                JoinConditionType.ON.symbol(POS),
                merge.getCondition());
        SqlSelect select =
                new SqlSelect(POS, null, selected, from, null, null, null, null, null, null, null, null, null);
        PlannedQuery query = planner.planChange(select, names.catalog(), names.currentDatabase());
        binder.parameters().addAll(query.parameterTypes());
        List<Assignment> typed = assignments.stream()
                .map(each -> each.value() instanceof ColumnRef column
                        ? new Assignment(each.column(), converted(query, column.index(), target, each.column()))
                        : each)
                .toList();
        RowMaker maker = inserted.length == 0 ? null : maker(query, target, inserted);
        return new WritePlan.ReadFirst(
                target,
                binder.parameters().all(),
                Routes.of(target, List.of()),
                query.root(),
                typed,
                maker,
                merge.getUpdateCall() != null,
                binder.rules(target),
                Returning.nothing());
    }

    private List<Assignment> assignments(
            @Nullable SqlUpdate update, Target target, String alias, SqlNodeList selected) {
        List<Assignment> assignments = new ArrayList<>();
        if (update == null) {
            return assignments;
        }
        for (int i = 0; i < update.getTargetColumnList().size(); i++) {
            SqlIdentifier column = (SqlIdentifier) update.getTargetColumnList().get(i);
            int index = ChangePlanner.assignable(target, column.names.get(column.names.size() - 1), assignments, true);
            SqlNode value = update.getSourceExpressionList().get(i);
            ColumnDescriptor descriptor = target.container().columns().get(index);
            if (value.getKind() == SqlKind.DEFAULT) {
                assignments.add(new Assignment(index, binder.defaultOf(descriptor)));
            } else {
                int output = select(selected, value, alias, SqlStdOperatorTable.IS_NOT_NULL);
                assignments.add(new Assignment(index, new ColumnRef(output, descriptor.type())));
            }
        }
        return assignments;
    }

    /** For each column of the container the query's column that is inserted, or -1; empty without an INSERT clause. */
    private static int[] inserted(@Nullable SqlInsert insert, Target target, String alias, SqlNodeList selected) {
        if (insert == null) {
            return new int[0];
        }
        List<SqlNode> cells = ((SqlCall) ((SqlCall) insert.getSource()).operand(0)).getOperandList();
        SqlNodeList list = insert.getTargetColumnList();
        int[] outputs = new int[target.width()];
        Arrays.fill(outputs, -1);
        int expected = list == null ? target.width() : list.size();
        if (cells.size() != expected) {
            throw new TrellisException(
                    ErrorCode.SYNTAX_ERROR,
                    "INSERT has another number of values than columns: " + cells.size() + " values, " + expected
                            + " columns");
        }
        for (int i = 0; i < expected; i++) {
            int column = list == null
                    ? i
                    : NameResolver.column(target.container(), ((SqlIdentifier) list.get(i)).getSimple());
            SqlNode cell = cells.get(i);
            if (cell.getKind() != SqlKind.DEFAULT) {
                InsertPlanner.checkGiven(target, target.container().columns().get(column));
                outputs[column] = select(selected, cell, alias, SqlStdOperatorTable.IS_NULL);
            }
        }
        return outputs;
    }

    /** Adds a value that is computed only for rows whose row key passes the test, and returns its column. */
    private static int select(SqlNodeList selected, SqlNode value, String alias, SqlOperator test) {
        SqlNode rowKey = new SqlIdentifier(List.of(alias, QueryPlanner.ROW_KEY), POS);
        SqlNode guarded = new SqlCase(
                POS,
                null,
                SqlNodeList.of(test.createCall(POS, rowKey)),
                SqlNodeList.of(value),
                SqlLiteral.createNull(POS));
        int output = selected.size();
        selected.add(SqlStdOperatorTable.AS.createCall(POS, guarded, new SqlIdentifier("$value" + output, POS)));
        return output;
    }

    private RowMaker maker(PlannedQuery query, Target target, int[] outputs) {
        List<RowMaker.Source> sources = new ArrayList<>();
        for (int i = 0; i < outputs.length; i++) {
            ColumnDescriptor column = target.container().columns().get(i);
            if (outputs[i] >= 0) {
                sources.add(new RowMaker.Source.Computed(converted(query, outputs[i], target, i)));
            } else if (column.identity() != null) {
                sources.add(new RowMaker.Source.Identity());
            } else {
                sources.add(new RowMaker.Source.Computed(binder.defaultOf(column)));
            }
        }
        return new RowMaker(target, sources);
    }

    private static Expression converted(PlannedQuery query, int output, Target target, int column) {
        DataType from = query.root().output().get(output).type();
        DataType to = target.types().get(column);
        Expression value = new ColumnRef(output, from);
        return from.equals(to) ? value : new Cast(value, to, true);
    }
}
