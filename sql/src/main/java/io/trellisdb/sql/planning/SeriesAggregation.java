package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.SeriesAccess;
import io.trellisdb.sql.plan.SeriesAggregate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an aggregation over a time series the store can do: compute aggregates by series and bucket, or give the newest row
 * of each series where no other row matters. Rows may be left out by series and time alone.
 */
final class SeriesAggregation {
    private final Scan scan;
    private final SeriesAccess access;
    private final List<Expression> expressions;
    private final @Nullable Project project;

    private SeriesAggregation(Scan scan, SeriesAccess access, List<Expression> expressions, @Nullable Project project) {
        this.scan = scan;
        this.access = access;
        this.expressions = expressions;
        this.project = project;
    }

    /** Sees a scan of a time series, perhaps under a projection, whose rows no column outside the key decides about. */
    static Optional<SeriesAggregation> over(PlanNode input) {
        if (input instanceof Project project && project.input() instanceof Scan scan) {
            return over(scan, project.expressions(), project);
        }
        if (input instanceof Scan scan) {
            List<Expression> columns = new ArrayList<>();
            for (int i = 0; i < scan.output().size(); i++) {
                columns.add(new ColumnRef(i, scan.output().get(i).type()));
            }
            return over(scan, columns, null);
        }
        return Optional.empty();
    }

    private static Optional<SeriesAggregation> over(
            Scan scan, List<Expression> expressions, @Nullable Project project) {
        SeriesAccess access = scan.series();
        if (access == null || access.latest() || scan.limit() != null || scan.withRowKey()) {
            return Optional.empty();
        }
        SeriesAggregation seen = new SeriesAggregation(scan, access, expressions, project);
        Expression filter = scan.filter();
        return filter == null || seen.isOfKey(filter) && Expressions.isRepeatable(filter)
                ? Optional.of(seen)
                : Optional.empty();
    }

    /** Whether the value is the same for all rows of a series. */
    private boolean isOfKey(Expression expression) {
        return Expressions.columns(expression).stream().allMatch(column -> access.keyColumns()
                .contains(scan.columnIds().get(column)));
    }

    private boolean isTime(Expression expression) {
        return expression instanceof ColumnRef column && scan.columnIds().get(column.index()) == access.timeColumn();
    }

    /**
     * The input with only the newest row of each series, if that has the same result: the groups are made of series, and the
     * calls ask for nothing that an older row decides.
     */
    Optional<PlanNode> latest(List<Integer> groupBy, List<AggregateCall> calls) {
        boolean isEnough = groupBy.stream().allMatch(column -> isStable(expressions.get(column)))
                && calls.stream().allMatch(this::isOfLatest);
        return isEnough ? latestOpen() : Optional.empty();
    }

    private boolean isStable(Expression expression) {
        return isOfKey(expression) && Expressions.isRepeatable(expression);
    }

    private boolean isOfLatest(AggregateCall call) {
        if (call.filter() >= 0 || !call.order().isEmpty() || call.arguments().isEmpty()) {
            return false;
        }
        Expression first = expressions.get(call.arguments().get(0));
        return switch (call.function()) {
            case "MAX" -> isTime(first) || isStable(first);
            case "MIN", "ANY_VALUE" -> isStable(first);
            case "COUNT" -> call.distinct() && call.arguments().size() == 1 && isStable(first);
            case "LAST", "MAX_BY" ->
                !call.distinct()
                        && call.arguments().size() == 2
                        && isTime(expressions.get(call.arguments().get(1)));
            default -> false;
        };
    }

    /** The newest rows alone, unless newer ones may be out of the time range. */
    Optional<PlanNode> latestOpen() {
        boolean isOpen =
                access.times().stream().noneMatch(bound -> bound.comparison().isUpper());
        return isOpen ? Optional.of(latestInput()) : Optional.empty();
    }

    boolean isTime(int column) {
        return isTime(expressions.get(column));
    }

    /** Whether the columns are the same for all rows of a series. */
    boolean areKey(List<Integer> columns) {
        return columns.stream().allMatch(column -> isStable(expressions.get(column)));
    }

    /** Whether at most one series is read. */
    boolean isOneSeries() {
        return access.keys().size() == access.keyColumns().size()
                && access.keys().stream().allMatch(values -> values.size() == 1);
    }

    /** The same rows, of each series only the newest. */
    private PlanNode latestInput() {
        Scan newest = scan.of(access.latestOnly());
        return project == null ? newest : new Project(newest, project.expressions(), project.output());
    }

    /** Whether these columns hold the whole series key, so that each group is part of one series. */
    boolean holdSeries(List<Integer> groupBy) {
        Set<Integer> columns = new HashSet<>();
        for (int column : groupBy) {
            if (expressions.get(column) instanceof ColumnRef reference) {
                columns.add(scan.columnIds().get(reference.index()));
            }
        }
        return !access.keyColumns().isEmpty() && columns.containsAll(access.keyColumns());
    }

    /** The groups as the store makes them. */
    Optional<List<SeriesAggregate.Group>> groups(List<Integer> groupBy) {
        List<SeriesAggregate.Group> groups = new ArrayList<>();
        SeriesAggregate.Group bucket = null;
        for (int column : groupBy) {
            Expression expression = expressions.get(column);
            if (expression instanceof ColumnRef reference
                    && access.keyColumns().contains(scan.columnIds().get(reference.index()))) {
                groups.add(new SeriesAggregate.Group.KeyColumn(reference.index()));
                continue;
            }
            Optional<SeriesAggregate.Group.Bucket> found = bucket(expression);
            if (found.isEmpty() || bucket != null && !bucket.equals(found.get())) {
                return Optional.empty();
            }
            bucket = found.get();
            groups.add(bucket);
        }
        return Optional.of(groups);
    }

    private Optional<SeriesAggregate.Group.Bucket> bucket(Expression expression) {
        int time = scan.columnIds().indexOf(access.timeColumn());
        return time < 0
                ? Optional.empty()
                : new FixedBuckets(time, scan.output().get(time).type()).of(expression);
    }

    /** The calls over the scan's columns, if the store can compute them all. */
    Optional<List<AggregateCall>> calls(List<AggregateCall> calls, boolean isBySeries) {
        List<AggregateCall> own = new ArrayList<>();
        for (AggregateCall call : calls) {
            Optional<List<Integer>> arguments = arguments(call, isBySeries);
            if (arguments.isEmpty()) {
                return Optional.empty();
            }
            own.add(new AggregateCall(call.function(), arguments.get(), call.distinct(), -1, List.of(), call.type()));
        }
        return Optional.of(own);
    }

    private Optional<List<Integer>> arguments(AggregateCall call, boolean isBySeries) {
        List<Integer> columns = new ArrayList<>();
        for (int argument : call.arguments()) {
            if (!(expressions.get(argument) instanceof ColumnRef reference)) {
                return Optional.empty();
            }
            columns.add(reference.index());
        }
        return call.filter() < 0 && call.order().isEmpty() && isComputed(call, columns, isBySeries)
                ? Optional.of(columns)
                : Optional.empty();
    }

    private boolean isComputed(AggregateCall call, List<Integer> columns, boolean isBySeries) {
        if (call.function().equals("COUNT")) {
            return columns.isEmpty() || columns.size() == 1 && !call.distinct();
        }
        if (columns.isEmpty() || !isValue(columns.get(0))) {
            return false;
        }
        DataType type = scan.output().get(columns.get(0)).type();
        return switch (call.function()) {
            case "SUM", "SUM0", "AVG" -> !call.distinct() && columns.size() == 1;
            case "MIN", "MAX" -> type.kind() != TypeKind.ARRAY && columns.size() == 1;
            case "ANY_VALUE" -> type.kind() != TypeKind.ARRAY && !call.distinct() && columns.size() == 1;
            case "FIRST", "LAST", "MIN_BY", "MAX_BY" ->
                type.kind() != TypeKind.ARRAY
                        && isBySeries
                        && !call.distinct()
                        && columns.size() == 2
                        && scan.columnIds().get(columns.get(1)) == access.timeColumn();
            default -> false;
        };
    }

    /** Whether a column is not part of the key. */
    private boolean isValue(int column) {
        int id = scan.columnIds().get(column);
        return id != access.timeColumn() && !access.keyColumns().contains(id);
    }

    Scan scan() {
        return scan;
    }
}
