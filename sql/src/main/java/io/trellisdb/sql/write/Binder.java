package io.trellisdb.sql.write;

import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.planning.RowScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Binds the scalar expressions of one change. Confined to one planning. */
final class Binder {
    private final QueryPlanner planner;
    private final NameResolver names;
    private final ParameterTypes parameters = new ParameterTypes();

    Binder(QueryPlanner planner, NameResolver names) {
        this.planner = planner;
        this.names = names;
    }

    ParameterTypes parameters() {
        return parameters;
    }

    /** A value for a column, converted to its type by assignment. */
    Expression value(SqlNode node, ColumnDescriptor column, List<RowScope> scopes) {
        if (node.getKind() == SqlKind.DEFAULT) {
            return defaultOf(column);
        }
        return bind(node, scopes, Optional.of(column.type())).expression();
    }

    QueryPlanner.BoundScalar bind(SqlNode node, List<RowScope> scopes, Optional<DataType> target) {
        QueryPlanner.BoundScalar bound =
                planner.bindScalar(node, names.catalog(), names.currentDatabase(), scopes, target);
        parameters.addAll(bound.parameterTypes());
        return bound;
    }

    /** The DEFAULT of a column, NULL where it has none. */
    Expression defaultOf(ColumnDescriptor column) {
        String sql = column.defaultSql();
        return sql == null
                ? new Literal(null, column.type())
                : bind(Snippets.expression(sql), List.of(), Optional.of(column.type()))
                        .expression();
    }

    RowRules rules(Target target) {
        ContainerDescriptor container = target.container();
        List<RowRules.Check> checks = new ArrayList<>();
        for (CheckDescriptor check : container.checks()) {
            SqlNode condition = Snippets.expression(check.conditionSql());
            RowScope scope = RowScope.of(container.name(), container);
            checks.add(new RowRules.Check(
                    check.name(),
                    bind(condition, List.of(scope), Optional.empty()).expression()));
        }
        return new RowRules(target, checks);
    }

    /** Whether an expression holds a query, so that it cannot be bound as a scalar. */
    static boolean hasQuery(SqlNode node) {
        boolean[] found = {false};
        node.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(org.apache.calcite.sql.SqlCall call) {
                found[0] |= call.getKind().belongsTo(SqlKind.QUERY);
                return found[0] ? null : super.visit(call);
            }
        });
        return found[0];
    }
}
