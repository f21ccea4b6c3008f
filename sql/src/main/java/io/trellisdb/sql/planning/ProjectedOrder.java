package io.trellisdb.sql.planning;

import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.SortKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The order of rows after a projection: as far as the ordering columns are still there. */
final class ProjectedOrder {
    private ProjectedOrder() {}

    static Piece of(Piece input, List<Expression> expressions, Project node) {
        List<SortKey> order = new ArrayList<>();
        for (SortKey key : input.order()) {
            int position = position(expressions, key.column());
            if (position < 0) {
                break;
            }
            order.add(new SortKey(position, key.descending(), key.nullsFirst()));
        }
        Set<Integer> constants = new HashSet<>();
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof ColumnRef column
                    && input.constants().contains(column.index())) {
                constants.add(i);
            }
        }
        return new Piece(node, input.place(), order, constants);
    }

    private static int position(List<Expression> expressions, int column) {
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof ColumnRef reference && reference.index() == column) {
                return i;
            }
        }
        return -1;
    }
}
