package io.trellisdb.sql.planning;

import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.Limit;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of the plan under construction, and where it runs.
 *
 * @param place on the owners of partitions (not gathered yet) or at the gateway
 * @param order in which the rows come, on each owner by itself
 * @param constants columns with the same value in every row, which need no sorting
 */
record Piece(PlanNode node, Place place, List<SortKey> order, Set<Integer> constants) {
    /** Where the rows are. */
    enum Place {
        GATEWAY,
        ONE_OWNER,
        OWNERS
    }

    Piece {
        order = List.copyOf(order);
        constants = Set.copyOf(constants);
    }

    static Piece gateway(PlanNode node) {
        return new Piece(node, Place.GATEWAY, List.of(), Set.of());
    }

    List<OutputColumn> columns() {
        return node.output();
    }

    boolean isGathered() {
        return place == Place.GATEWAY;
    }

    /** The rows at the gateway, in no particular order. */
    PlanNode gathered() {
        return isGathered() ? node : new Gather(node, List.of(), node.output());
    }

    /** Another node over this one that keeps the rows' place and order. */
    Piece keeping(PlanNode over) {
        return new Piece(over, place, order, constants);
    }

    /** Another node over this one whose rows come in no known order. */
    Piece unordered(PlanNode over) {
        return new Piece(over, place, List.of(), Set.of());
    }

    /** The same rows in the order of the keys, if they already come so forwards or backwards; otherwise null. */
    @Nullable
    Piece ordered(List<SortKey> keys) {
        List<SortKey> needed =
                keys.stream().filter(key -> !constants.contains(key.column())).toList();
        if (isPrefix(needed, order)) {
            return this;
        }
        List<SortKey> backwards = order.stream()
                .map(key -> new SortKey(key.column(), !key.descending(), !key.nullsFirst()))
                .toList();
        PlanNode reversed = isPrefix(needed, backwards) ? reversed(node) : null;
        return reversed == null ? null : new Piece(reversed, place, backwards, constants);
    }

    private static boolean isPrefix(List<SortKey> keys, List<SortKey> of) {
        return keys.size() <= of.size() && of.subList(0, keys.size()).equals(keys);
    }

    private static @Nullable PlanNode reversed(PlanNode node) {
        if (node instanceof Scan scan
                && scan.limit() == null
                && (scan.series() == null || !scan.series().latest())) {
            return scan.reversed();
        }
        if (node instanceof Project project) {
            PlanNode input = reversed(project.input());
            return input == null ? null : new Project(input, project.expressions(), project.output());
        }
        if (node instanceof Filter filter) {
            PlanNode input = reversed(filter.input());
            return input == null ? null : new Filter(input, filter.condition(), filter.output());
        }
        return null;
    }

    /** At most this many rows of each owner. */
    Piece limited(Expression limit) {
        return keeping(limited(node, limit));
    }

    private static PlanNode limited(PlanNode node, Expression limit) {
        if (node instanceof Scan scan && scan.limit() == null) {
            return scan.limitedTo(limit);
        }
        if (node instanceof Project project) {
            return new Project(limited(project.input(), limit), project.expressions(), project.output());
        }
        return new Limit(node, null, limit, node.output());
    }

    /** The columns of a row type with the types of the expressions that compute them. */
    static List<OutputColumn> outputs(List<Expression> expressions, List<OutputColumn> named) {
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            columns.add(new OutputColumn(
                    named.get(i).name(), expressions.get(i).type(), named.get(i).nullable()));
        }
        return columns;
    }
}
