package io.trellisdb.sql.write;

import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.access.ExpressionRewrite;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.PlannedQuery;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.planning.RowScope;
import io.trellisdb.sql.syntax.ConflictClause;
import io.trellisdb.sql.syntax.InsertStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Plans one INSERT or UPSERT. */
final class InsertPlanner {
    private static final String EXCLUDED = "excluded";

    private final QueryPlanner planner;
    private final NameResolver names;
    private final Binder binder;

    InsertPlanner(QueryPlanner planner, NameResolver names) {
        this.planner = planner;
        this.names = names;
        this.binder = new Binder(planner, names);
    }

    WritePlan plan(InsertStatement statement) {
        SqlInsert insert = statement.insert();
        SqlIdentifier name = (SqlIdentifier) insert.getTargetTable();
        ContainerDescriptor container = names.container(name);
        Target target = new Target(container);
        String alias = statement.alias().map(SqlIdentifier::getSimple).orElse(container.name());
        RowScope scope = RowScope.of(alias, container);
        int[] columns = columns(container, insert.getTargetColumnList(), statement.defaultValues());
        SqlNode source = insert.getSource();
        boolean isTuples = source.getKind() == SqlKind.VALUES && !Binder.hasQuery(withoutValues(source));
        PlannedQuery query = null;
        List<RowMaker> tuples = new ArrayList<>();
        if (isTuples) {
            for (SqlNode tuple : ((SqlCall) source).getOperandList()) {
                tuples.add(tuple(target, columns, ((SqlCall) tuple).getOperandList()));
            }
        } else {
            query = planner.plan(source, names.catalog(), names.currentDatabase());
            binder.parameters().addAll(query.parameterTypes());
        }
        Conflict conflict = conflict(statement, target, scope);
        RowRules rules = binder.rules(target);
        String database = names.qualify(name).database().name();
        Returning returning = ReturningPlanner.plan(binder, target, database, scope, statement.returning());
        if (query != null) {
            RowMaker maker = fromQuery(target, columns, query);
            List<DataType> types = binder.parameters().all();
            WritePlan.Route route = Routes.of(target, List.of());
            return new WritePlan.InsertQuery(target, types, route, query.root(), maker, conflict, rules, returning);
        }
        List<DataType> types = binder.parameters().all();
        WritePlan.Route route =
                Routes.of(target, tuples.size() == 1 ? partitionValues(target, tuples.get(0)) : List.of());
        return new WritePlan.InsertRows(target, types, route, tuples, conflict, rules, returning);
    }

    /** The tuples of VALUES, which is itself of a kind of query. */
    private static SqlNode withoutValues(SqlNode source) {
        return new SqlNodeList(((SqlCall) source).getOperandList(), source.getParserPosition());
    }

    /** For each column of the container the place of its value in a tuple, or -1. */
    private static int[] columns(ContainerDescriptor container, @Nullable SqlNodeList list, boolean allDefault) {
        int[] places = new int[container.columns().size()];
        Arrays.fill(places, -1);
        if (list == null) {
            for (int i = 0; i < places.length && !allDefault; i++) {
                places[i] = i;
            }
            return places;
        }
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String column = ((SqlIdentifier) list.get(i)).getSimple();
            int index = NameResolver.column(container, column);
            if (!seen.add(index)) {
                throw new TrellisException(ErrorCode.DUPLICATE_COLUMN, "column is named twice: " + column);
            }
            places[index] = i;
        }
        return places;
    }

    private RowMaker tuple(Target target, int[] places, List<SqlNode> cells) {
        checkCount(places, cells.size());
        List<RowMaker.Source> sources = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            ColumnDescriptor column = target.container().columns().get(i);
            SqlNode cell = places[i] < 0 ? null : cells.get(places[i]);
            if (cell == null || cell.getKind() == SqlKind.DEFAULT) {
                sources.add(absent(column));
            } else {
                checkGiven(target, column);
                Expression value = binder.value(cell, column, List.of());
                sources.add(new RowMaker.Source.Computed(ExpressionRewrite.parametersAsColumns(value, 0)));
            }
        }
        return new RowMaker(target, sources);
    }

    private RowMaker fromQuery(Target target, int[] places, PlannedQuery query) {
        checkCount(places, query.columns().size());
        List<RowMaker.Source> sources = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            ColumnDescriptor column = target.container().columns().get(i);
            if (places[i] < 0) {
                sources.add(absent(column));
            } else {
                checkGiven(target, column);
                DataType from = query.root().output().get(places[i]).type();
                Expression value = new ColumnRef(places[i], from);
                sources.add(new RowMaker.Source.Computed(
                        from.equals(column.type()) ? value : new Cast(value, column.type(), true)));
            }
        }
        return new RowMaker(target, sources);
    }

    /** What a column gets that the statement gives no value. */
    private RowMaker.Source absent(ColumnDescriptor column) {
        return column.identity() != null
                ? new RowMaker.Source.Identity()
                : new RowMaker.Source.Computed(binder.defaultOf(column));
    }

    static void checkGiven(Target target, ColumnDescriptor column) {
        IdentityDescriptor identity = column.identity();
        if (identity != null && identity.always()) {
            throw new TrellisException(
                    ErrorCode.GENERATED_ALWAYS,
                    "column is always generated and takes no value: "
                            + target.container().name() + "." + column.name());
        }
    }

    private static void checkCount(int[] places, int values) {
        int expected = (int) Arrays.stream(places).filter(place -> place >= 0).count();
        boolean allDefault = expected == 0 && values == 0;
        if (values != expected && !allDefault) {
            throw new TrellisException(
                    ErrorCode.SYNTAX_ERROR,
                    "INSERT has another number of values than columns: " + values + " values, " + expected
                            + " columns");
        }
    }

    private static List<Expression> partitionValues(Target target, RowMaker maker) {
        List<Expression> values = new ArrayList<>();
        for (int column : target.partitionColumns()) {
            if (!(maker.columns().get(column) instanceof RowMaker.Source.Computed computed)) {
                return List.of();
            }
            values.add(computed.expression());
        }
        return values;
    }

    private Conflict conflict(InsertStatement statement, Target target, RowScope scope) {
        if (statement.mode() == InsertStatement.Mode.UPSERT) {
            if (statement.conflict().isPresent()) {
                throw new TrellisException(ErrorCode.SYNTAX_ERROR, "ON CONFLICT cannot follow UPSERT or OR REPLACE");
            }
            if (!target.hasKey()) {
                throw new TrellisException(
                        ErrorCode.WRONG_OBJECT_STATE,
                        "UPSERT needs a table with a primary key: "
                                + target.container().name());
            }
            return new Conflict.Replace();
        }
        return statement.conflict().isEmpty()
                ? new Conflict.Fail()
                : conflict(statement.conflict().get(), target, scope);
    }

    private Conflict conflict(ConflictClause clause, Target target, RowScope scope) {
        UniqueKey arbiter = arbiter(clause, target);
        if (clause.doNothing()) {
            return new Conflict.Skip(clause.target().isEmpty(), arbiter);
        }
        if (clause.target().isEmpty()) {
            throw new TrellisException(ErrorCode.SYNTAX_ERROR, "ON CONFLICT DO UPDATE must name the columns of a key");
        }
        RowScope excluded = RowScope.of(EXCLUDED, target.container());
        List<RowScope> scopes = List.of(scope, excluded);
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < clause.assignedColumns().size(); i++) {
            int column = ChangePlanner.assignable(
                    target, clause.assignedColumns().get(i).getSimple(), assignments, false);
            ColumnDescriptor descriptor = target.container().columns().get(column);
            Expression value = binder.value(clause.assignedValues().get(i), descriptor, scopes);
            assignments.add(new Assignment(column, ExpressionRewrite.parametersAsColumns(value, 2 * target.width())));
        }
        Expression condition = clause.condition()
                .map(node -> ExpressionRewrite.parametersAsColumns(
                        binder.bind(node, scopes, Optional.empty()).expression(), 2 * target.width()))
                .orElse(null);
        return new Conflict.Change(arbiter, assignments, condition);
    }

    /** The unique index over exactly the named columns; null for the primary key, or when none is named. */
    private static @Nullable UniqueKey arbiter(ConflictClause clause, Target target) {
        if (clause.target().isEmpty()) {
            return null;
        }
        Set<Integer> named = new HashSet<>();
        for (SqlIdentifier column : clause.target()) {
            named.add(NameResolver.column(target.container(), column.getSimple()));
        }
        if (target.hasKey() && named.equals(asSet(target.keyColumns()))) {
            return null;
        }
        return target.uniqueKeys().stream()
                .filter(key -> named.equals(asSet(key.columns())))
                .findFirst()
                .orElseThrow(() -> new TrellisException(
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "no primary key or unique index has exactly the columns of ON CONFLICT: "
                                + String.join(
                                        ", ",
                                        clause.target().stream()
                                                .map(SqlIdentifier::getSimple)
                                                .toList())));
    }

    private static Set<Integer> asSet(int[] columns) {
        Set<Integer> set = new HashSet<>();
        for (int column : columns) {
            set.add(column);
        }
        return set;
    }
}
