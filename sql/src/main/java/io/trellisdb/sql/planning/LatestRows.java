package io.trellisdb.sql.planning;

import io.trellisdb.sql.access.ExpressionRewrite;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.Window;
import io.trellisdb.sql.plan.WindowGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sees {@code ROW_NUMBER() OVER (PARTITION BY series ORDER BY time DESC) = 1} over a time series, which is also what LATEST ON
 * and DISTINCT ON are: the store knows the newest row of each series.
 */
final class LatestRows {
    private static final long NEWEST = 1;

    private final Project project;
    private final Window window;
    private final PlanNode rows;

    private LatestRows(Project project, Window window, PlanNode rows) {
        this.project = project;
        this.window = window;
        this.rows = rows;
    }

    /**
     * The rows of the input that satisfy the condition, read as newest rows.
     *
     * @param condition over the input's columns
     */
    static Optional<Piece> of(Piece input, Expression condition) {
        if (input.node() instanceof Project project
                && project.input() instanceof Window window
                && window.input() instanceof Gather gather
                && gather.order().isEmpty()) {
            return new LatestRows(project, window, gather.input()).find(condition);
        }
        return Optional.empty();
    }

    private Optional<Piece> find(Expression condition) {
        List<Expression> parts = Expressions.conjuncts(ExpressionRewrite.substitute(condition, project.expressions()));
        List<Expression> others = parts.stream().filter(part -> !isNewest(part)).toList();
        Optional<SeriesAggregation> series = SeriesAggregation.over(rows);
        if (others.size() == parts.size()
                || series.isEmpty()
                || !isNumber(series.get())
                || !parts.stream().allMatch(Expressions::isRepeatable)) {
            return Optional.empty();
        }
        return series.get().latestOpen().map(node -> rebuilt(node, series.get(), others));
    }

    /** The number compared so that only 1 is left; the number is the column behind the window's input. */
    private boolean isNewest(Expression condition) {
        if (!(condition instanceof Call call) || call.arguments().size() != 2) {
            return false;
        }
        Expression left = call.arguments().get(0);
        Expression right = call.arguments().get(1);
        return isNumber(left) && isLimit(call.function(), right)
                || isNumber(right)
                        && ColumnConditions.comparison(call.function())
                                .map(ColumnConditions::flipped)
                                .filter(comparison -> isLimit(comparison.symbol(), left))
                                .isPresent();
    }

    private boolean isNumber(Expression expression) {
        return CommonTypes.withoutWidening(expression) instanceof ColumnRef column
                && column.index() == rows.output().size();
    }

    private static boolean isLimit(String comparison, Expression value) {
        if (!(value instanceof Literal literal) || !(literal.value() instanceof Number number)) {
            return false;
        }
        boolean isWhole = number instanceof Long || number instanceof Integer;
        return isWhole
                && switch (comparison) {
                    case "=", "<=" -> number.longValue() == NEWEST;
                    case "<" -> number.longValue() == NEWEST + 1;
                    default -> false;
                };
    }

    /** Whether the window numbers the rows of each series from the newest on. */
    private boolean isNumber(SeriesAggregation series) {
        if (window.groups().size() != 1
                || window.output().size() != rows.output().size() + 1) {
            return false;
        }
        WindowGroup group = window.groups().get(0);
        if (group.orderBy().isEmpty() || !group.calls().get(0).function().equals("ROW_NUMBER")) {
            return false;
        }
        SortKey first = group.orderBy().get(0);
        return first.descending()
                && series.isTime(first.column())
                && series.areKey(group.partitionBy())
                && (series.holdSeries(group.partitionBy()) || series.isOneSeries());
    }

    private Piece rebuilt(PlanNode newest, SeriesAggregation series, List<Expression> others) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < rows.output().size(); i++) {
            columns.add(new ColumnRef(i, rows.output().get(i).type()));
        }
        OutputColumn number = window.output().get(rows.output().size());
        columns.add(new Literal(NEWEST, number.type()));
        boolean isOne = series.scan().partitions() instanceof ScanPartitions.One
                || series.scan().partitions() instanceof ScanPartitions.OfValues;
        Piece piece = new Piece(newest, isOne ? Piece.Place.ONE_OWNER : Piece.Place.OWNERS, List.of(), Set.of());
        Optional<Expression> left = Expressions.and(others.stream()
                .map(other -> ExpressionRewrite.substitute(other, columns))
                .toList());
        if (left.isPresent()) {
            piece = piece.keeping(new Filter(newest, left.get(), newest.output()));
        }
        List<Expression> results = project.expressions().stream()
                .map(expression -> ExpressionRewrite.substitute(expression, columns))
                .toList();
        return RelationTranslator.over(piece, results, project.output());
    }
}
