package io.trellisdb.sql.write;

import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.access.ExpressionRewrite;
import io.trellisdb.sql.access.KeyAccess;
import io.trellisdb.sql.access.KeyLookup;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.planning.PlannedQuery;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.planning.RowScope;
import io.trellisdb.sql.syntax.DeleteStatement;
import io.trellisdb.sql.syntax.UpdateStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Plans one UPDATE or DELETE: by key where the condition names one row, else by reading first. */
final class ChangePlanner {
    private static final SqlParserPos POS = SqlParserPos.ZERO;

    private final QueryPlanner planner;
    private final NameResolver names;
    private final Binder binder;

    ChangePlanner(QueryPlanner planner, NameResolver names) {
        this.planner = planner;
        this.names = names;
        this.binder = new Binder(planner, names);
    }

    WritePlan update(UpdateStatement statement) {
        SqlUpdate update = statement.update();
        SqlIdentifier name = (SqlIdentifier) update.getTargetTable();
        Target target = new Target(names.container(name));
        RowScope scope = scope(target, update.getAlias());
        SqlNodeList selected = selected(target, scope.alias());
        List<Assignment> assignments = new ArrayList<>();
        List<Assignment> queried = new ArrayList<>();
        for (int i = 0; i < update.getTargetColumnList().size(); i++) {
            String columnName = ((SqlIdentifier) update.getTargetColumnList().get(i)).getSimple();
            List<Assignment> before = new ArrayList<>(assignments);
            before.addAll(queried);
            int index = assignable(target, columnName, before, true);
            ColumnDescriptor column = target.container().columns().get(index);
            SqlNode value = update.getSourceExpressionList().get(i);
            if (Binder.hasQuery(value)) {
                queried.add(new Assignment(index, new ColumnRef(selected.size(), column.type())));
                selected.add(SqlStdOperatorTable.AS.createCall(
                        POS, value, new SqlIdentifier("$value" + selected.size(), POS)));
            } else {
                assignments.add(new Assignment(index, binder.value(value, column, List.of(scope))));
            }
        }
        PlannedQuery query = read(name, target, scope.alias(), selected, update.getCondition());
        boolean movesKey = assignments.stream().anyMatch(each -> isKey(target, each.column()))
                || queried.stream().anyMatch(each -> isKey(target, each.column()));
        Optional<WritePlan> byKey = queried.isEmpty() && !movesKey
                ? byKey(name, target, scope, query, assignments, false, statement.returning())
                : Optional.empty();
        if (byKey.isPresent()) {
            return byKey.get();
        }
        List<Assignment> overQuery = new ArrayList<>();
        for (Assignment assignment : assignments) {
            overQuery.add(new Assignment(assignment.column(), behindRowKey(assignment.value())));
        }
        for (Assignment assignment : queried) {
            overQuery.add(new Assignment(
                    assignment.column(),
                    converted(target, query, ((ColumnRef) assignment.value()).index(), assignment)));
        }
        return readFirst(name, target, scope, query, overQuery, statement.returning());
    }

    WritePlan delete(DeleteStatement statement) {
        SqlDelete delete = statement.delete();
        SqlIdentifier name = (SqlIdentifier) delete.getTargetTable();
        Target target = new Target(names.container(name));
        RowScope scope = scope(target, delete.getAlias());
        PlannedQuery query = read(name, target, scope.alias(), selected(target, scope.alias()), delete.getCondition());
        return byKey(name, target, scope, query, List.of(), true, statement.returning())
                .orElseGet(() -> readFirst(name, target, scope, query, null, statement.returning()));
    }

    private static RowScope scope(Target target, @Nullable SqlIdentifier alias) {
        ContainerDescriptor container = target.container();
        return RowScope.of(alias == null ? container.name() : alias.getSimple(), container);
    }

    private static boolean isKey(Target target, int column) {
        for (int key : target.keyColumns()) {
            if (key == column) {
                return true;
            }
        }
        return false;
    }

    /**
     * The position of a column that SET may name.
     *
     * @param before the assignments so far
     * @param keyMayMove whether columns of the primary key may be assigned
     */
    static int assignable(Target target, String name, List<Assignment> before, boolean keyMayMove) {
        ContainerDescriptor container = target.container();
        int index = NameResolver.column(container, name);
        ColumnDescriptor column = container.columns().get(index);
        if (before.stream().anyMatch(each -> each.column() == index)) {
            throw new TrellisException(ErrorCode.DUPLICATE_COLUMN, "column is assigned twice: " + name);
        }
        for (int partitioning : target.partitionColumns()) {
            if (partitioning == index) {
                throw new TrellisException(
                        ErrorCode.NOT_SUPPORTED,
                        "column decides the row's partition and cannot be updated: " + container.name() + "." + name);
            }
        }
        if (isKey(target, index) && !keyMayMove) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "column of the primary key cannot be updated here: " + container.name() + "." + name);
        }
        if (column.identity() != null && column.identity().always()) {
            throw new TrellisException(
                    ErrorCode.GENERATED_ALWAYS,
                    "column is always generated and cannot be updated: " + container.name() + "." + name);
        }
        return index;
    }

    /** The row key, then all columns. */
    static SqlNodeList selected(Target target, String alias) {
        SqlNodeList list = new SqlNodeList(POS);
        list.add(new SqlIdentifier(List.of(alias, QueryPlanner.ROW_KEY), POS));
        for (ColumnDescriptor column : target.container().columns()) {
            list.add(new SqlIdentifier(List.of(alias, column.name()), POS));
        }
        return list;
    }

    static SqlNode rowKeySource(NameResolver names, SqlIdentifier name, Target target, String alias) {
        String database = names.qualify(name).database().name();
        return SqlStdOperatorTable.AS.createCall(
                POS,
                new SqlIdentifier(
                        List.of(
                                database,
                                QueryPlanner.rowKeySource(target.container().name())),
                        POS),
                new SqlIdentifier(alias, POS));
    }

    private PlannedQuery read(
            SqlIdentifier name, Target target, String alias, SqlNodeList selected, @Nullable SqlNode condition) {
        SqlSelect select = new SqlSelect(
                POS,
                null,
                selected,
                rowKeySource(names, name, target, alias),
                condition,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        PlannedQuery query = planner.planChange(select, names.catalog(), names.currentDatabase());
        binder.parameters().addAll(query.parameterTypes());
        return query;
    }

    private Optional<WritePlan> byKey(
            SqlIdentifier name,
            Target target,
            RowScope scope,
            PlannedQuery query,
            List<Assignment> assignments,
            boolean isDelete,
            List<SqlNode> returningItems) {
        ContainerDescriptor container = target.container();
        Optional<KeyAccess> access =
                KeyAccess.of(query.root(), id -> container.primaryKey().size());
        if (access.isEmpty()) {
            return Optional.empty();
        }
        KeyLookup lookup = new KeyLookup(access.get(), container);
        List<Integer> scanned = access.get().scan().columnIds();
        Expression filter = access.get().filter();
        Expression condition = filter == null ? null : overRowAndParameters(target, filter, scanned);
        List<Assignment> overRow = assignments.stream()
                .map(each -> new Assignment(
                        each.column(), ExpressionRewrite.parametersAsColumns(each.value(), target.width())))
                .toList();
        RowRules rules = binder.rules(target);
        Returning returning = returning(name, target, scope, returningItems);
        List<Expression> partitionValues = access.get().scan().partitions() instanceof ScanPartitions.OfValues values
                ? values.values()
                : List.of();
        return Optional.of(new WritePlan.ByKey(
                target,
                binder.parameters().all(),
                Routes.of(target, partitionValues),
                lookup,
                condition,
                overRow,
                isDelete,
                rules,
                returning));
    }

    private static Expression overRowAndParameters(Target target, Expression overScan, List<Integer> scanned) {
        return ExpressionRewrite.leaves(overScan, each -> {
            if (each instanceof ColumnRef column) {
                return new ColumnRef(target.container().columnIndex(scanned.get(column.index())), column.type());
            }
            return each instanceof Parameter parameter
                    ? new ColumnRef(target.width() + parameter.index(), parameter.type())
                    : each;
        });
    }

    private Returning returning(SqlIdentifier name, Target target, RowScope scope, List<SqlNode> items) {
        String database = names.qualify(name).database().name();
        return ReturningPlanner.plan(binder, target, database, scope, items);
    }

    private WritePlan readFirst(
            SqlIdentifier name,
            Target target,
            RowScope scope,
            PlannedQuery query,
            @Nullable List<Assignment> assignments,
            List<SqlNode> returningItems) {
        RowRules rules = binder.rules(target);
        Returning returning = returning(name, target, scope, returningItems);
        List<DataType> types = binder.parameters().all();
        WritePlan.Route route = Routes.of(target, List.of());
        return new WritePlan.ReadFirst(target, types, route, query.root(), assignments, null, true, rules, returning);
    }

    /** The query's first column is the row key, the container's columns follow. */
    private static Expression behindRowKey(Expression overRow) {
        return ExpressionRewrite.leaves(
                overRow,
                each -> each instanceof ColumnRef column ? new ColumnRef(column.index() + 1, column.type()) : each);
    }

    private static Expression converted(Target target, PlannedQuery query, int output, Assignment assignment) {
        DataType from = query.root().output().get(output).type();
        DataType to = target.types().get(assignment.column());
        Expression value = new ColumnRef(output, from);
        return from.equals(to) ? value : new Cast(value, to, true);
    }
}
