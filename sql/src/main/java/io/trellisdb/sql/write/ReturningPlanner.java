package io.trellisdb.sql.write;

import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.sql.access.ExpressionRewrite;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.planning.QueryColumn;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.planning.RowScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.Util;

/** Binds RETURNING. Confined to one planning. */
final class ReturningPlanner {
    private static final String NAMELESS = "?column?";

    private final Binder binder;
    private final Target target;
    private final String database;
    private final RowScope scope;
    private final List<Expression> expressions = new ArrayList<>();
    private final List<QueryColumn> columns = new ArrayList<>();

    private ReturningPlanner(Binder binder, Target target, String database, RowScope scope) {
        this.binder = binder;
        this.target = target;
        this.database = database;
        this.scope = scope;
    }

    static Returning plan(Binder binder, Target target, String database, RowScope scope, List<SqlNode> items) {
        ReturningPlanner planner = new ReturningPlanner(binder, target, database, scope);
        items.forEach(planner::add);
        return planner.result();
    }

    private void add(SqlNode item) {
        if (item instanceof SqlIdentifier identifier && identifier.isStar()) {
            for (int i = 0; i < target.width(); i++) {
                column(i, target.container().columns().get(i).name());
            }
            return;
        }
        SqlNode value = item;
        String label = "";
        if (item instanceof SqlBasicCall call && call.getKind() == SqlKind.AS) {
            value = call.operand(0);
            label = ((SqlIdentifier) call.operand(1)).getSimple();
        } else if (item instanceof SqlIdentifier identifier) {
            label = Util.last(identifier.names);
        }
        QueryPlanner.BoundScalar bound = binder.bind(value, List.of(scope), Optional.empty());
        if (bound.expression() instanceof ColumnRef column) {
            column(column.index(), label);
            return;
        }
        String shown = label.isEmpty() ? NAMELESS : label;
        expressions.add(bound.expression());
        columns.add(new QueryColumn(shown, shown, bound.type(), bound.nullable(), false, "", ""));
    }

    private void column(int index, String label) {
        ContainerDescriptor container = target.container();
        ColumnDescriptor column = container.columns().get(index);
        expressions.add(new ColumnRef(index, column.type()));
        columns.add(Returning.describe(column, label, container, database));
    }

    /** The stored columns are those that some expression reads. */
    private Returning result() {
        Map<Integer, Integer> places = new LinkedHashMap<>();
        List<Expression> overStored = ExpressionRewrite.all(expressions, each -> {
            if (!(each instanceof ColumnRef column)) {
                return each;
            }
            int place = places.computeIfAbsent(column.index(), index -> places.size());
            return new ColumnRef(place, column.type());
        });
        if (places.isEmpty() && !columns.isEmpty()) {
            // constants still need to know how many rows there are
            places.put(0, 0);
        }
        int[] stored = places.keySet().stream().mapToInt(Integer::intValue).toArray();
        return new Returning(stored, overStored, columns);
    }
}
