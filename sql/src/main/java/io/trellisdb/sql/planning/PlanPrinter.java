package io.trellisdb.sql.planning;

import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.Aggregate;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.Correlate;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.Join;
import io.trellisdb.sql.plan.Limit;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.Recursion;
import io.trellisdb.sql.plan.RecursionInput;
import io.trellisdb.sql.plan.Scan;
import io.trellisdb.sql.plan.ScanPartitions;
import io.trellisdb.sql.plan.ScanRange;
import io.trellisdb.sql.plan.SeriesAccess;
import io.trellisdb.sql.plan.SeriesAggregate;
import io.trellisdb.sql.plan.SetOperation;
import io.trellisdb.sql.plan.Sort;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.SystemScan;
import io.trellisdb.sql.plan.Unnest;
import io.trellisdb.sql.plan.Values;
import io.trellisdb.sql.plan.Window;
import io.trellisdb.sql.plan.WindowCall;
import io.trellisdb.sql.plan.WindowGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The text of EXPLAIN: a line per node, inputs indented under it. */
public final class PlanPrinter {
    private static final String INDENT = "  ";

    private final Function<PlanNode, String> remark;
    private final StringBuilder text = new StringBuilder();

    private PlanPrinter(Function<PlanNode, String> remark) {
        this.remark = remark;
    }

    /** The plan, line by line, without a newline at the end. */
    public static String print(PlanNode root) {
        return print(root, node -> "");
    }

    /** As {@link #print(PlanNode)}, with a remark behind each node, such as what EXPLAIN ANALYZE measured. */
    public static String print(PlanNode root, Function<PlanNode, String> remark) {
        PlanPrinter printer = new PlanPrinter(remark);
        printer.append(root, 0);
        return printer.text.toString().stripTrailing();
    }

    private void append(PlanNode node, int depth) {
        text.append(INDENT.repeat(depth)).append(describe(node));
        String more = remark.apply(node);
        if (!more.isEmpty()) {
            text.append("  ").append(more);
        }
        text.append('\n');
        for (PlanNode input : node.inputs()) {
            append(input, depth + 1);
        }
    }

    private static String describe(PlanNode node) {
        if (node instanceof Scan scan) {
            return scan(scan);
        }
        if (node instanceof SystemScan scan) {
            return "SystemScan " + scan.table() + " " + names(scan.output());
        }
        if (node instanceof Values values) {
            return "Values rows=" + values.rows().size() + " " + names(values.output());
        }
        if (node instanceof Gather gather) {
            return "Gather" + (gather.order().isEmpty() ? "" : " merge " + keys(gather.order(), gather.output()));
        }
        if (node instanceof Filter filter) {
            return "Filter " + printer(filter.input()).print(filter.condition());
        }
        if (node instanceof Project project) {
            return "Project " + projections(project);
        }
        if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (node instanceof SeriesAggregate aggregate) {
            return seriesAggregate(aggregate);
        }
        if (node instanceof Sort sort) {
            return "Sort " + keys(sort.keys(), sort.output()) + bounds(sort.offset(), sort.limit());
        }
        if (node instanceof Limit limit) {
            return "Limit" + bounds(limit.offset(), limit.limit());
        }
        if (node instanceof Join join) {
            return join(join);
        }
        if (node instanceof Correlate correlate) {
            return "Correlate " + correlate.kind().name().toLowerCase(Locale.ROOT) + " id=" + correlate.correlationId();
        }
        if (node instanceof SetOperation set) {
            return "SetOperation " + set.kind().name().toLowerCase(Locale.ROOT) + (set.all() ? " all" : "");
        }
        if (node instanceof Window window) {
            return window(window);
        }
        if (node instanceof Unnest unnest) {
            return "Unnest " + printer(unnest.input()).print(unnest.array())
                    + (unnest.withOrdinality() ? " with ordinality" : "");
        }
        if (node instanceof Recursion recursion) {
            return "Recursion " + recursion.name() + (recursion.all() ? " all" : "");
        }
        return "RecursionInput " + ((RecursionInput) node).name();
    }

    private static ExpressionPrinter printer(PlanNode input) {
        return new ExpressionPrinter(input.output());
    }

    private static String scan(Scan scan) {
        ExpressionPrinter printer = new ExpressionPrinter(scan.output());
        StringBuilder line =
                new StringBuilder("Scan ").append(scan.table()).append(' ').append(names(scan.output()));
        SeriesAccess series = scan.series();
        if (series == null) {
            line.append(scan.indexId() == 0 ? " key" : " index " + scan.indexId());
            line.append(range(scan.range(), printer));
        } else {
            line.append(series(series, printer));
        }
        if (scan.descending()) {
            line.append(" descending");
        }
        if (scan.filter() != null) {
            line.append(" filter ").append(printer.print(scan.filter()));
        }
        if (scan.limit() != null) {
            line.append(" limit ").append(printer.print(scan.limit()));
        }
        return line.append(" partitions ")
                .append(partitions(scan.partitions(), printer))
                .toString();
    }

    private static String range(ScanRange range, ExpressionPrinter printer) {
        if (range.isAll()) {
            return " all";
        }
        StringJoiner parts = new StringJoiner(", ", " [", "]");
        range.equal().forEach(value -> parts.add("= " + printer.print(value)));
        StringJoiner bounds = new StringJoiner(" ");
        if (range.lower() != null) {
            bounds.add((range.lowerInclusive() ? ">= " : "> ") + printer.print(range.lower()));
        }
        if (range.upper() != null) {
            bounds.add((range.upperInclusive() ? "<= " : "< ") + printer.print(range.upper()));
        }
        if (bounds.length() > 0) {
            parts.add(bounds.toString());
        }
        return parts.toString();
    }

    /** What the store is asked for: series, times, and whether only their newest rows. */
    private static String series(SeriesAccess series, ExpressionPrinter printer) {
        StringJoiner keys = new StringJoiner(", ", " [", "]").setEmptyValue(" all");
        series.keys().forEach(values -> keys.add(alternatives(values, printer)));
        if (!series.keyBounds().isEmpty()) {
            keys.add(bounds(series.keyBounds(), printer));
        }
        String times = series.times().isEmpty() ? "" : " time [" + bounds(series.times(), printer) + "]";
        String hints =
                series.hints().isEmpty() ? "" : " hints " + series.hints().size();
        return (series.latest() ? " latest of series" : " series") + keys + times + hints;
    }

    private static String alternatives(List<Expression> values, ExpressionPrinter printer) {
        if (values.size() == 1) {
            return "= " + printer.print(values.get(0));
        }
        StringJoiner list = new StringJoiner(", ", "in (", ")");
        values.forEach(value -> list.add(printer.print(value)));
        return list.toString();
    }

    private static String bounds(List<SeriesAccess.Bound> bounds, ExpressionPrinter printer) {
        StringJoiner parts = new StringJoiner(" ");
        bounds.forEach(bound -> parts.add(bound.comparison().symbol() + " " + printer.print(bound.value())));
        return parts.toString();
    }

    private static String partitions(ScanPartitions partitions, ExpressionPrinter printer) {
        if (partitions instanceof ScanPartitions.One one) {
            return Integer.toString(one.partition());
        }
        if (partitions instanceof ScanPartitions.OfValues values) {
            StringJoiner list = new StringJoiner(", ", "hash(", ")");
            values.values().forEach(value -> list.add(printer.print(value)));
            return list.toString();
        }
        if (partitions instanceof ScanPartitions.OfAlternatives values) {
            StringJoiner list = new StringJoiner(", ", "hash(", ")");
            values.values().forEach(each -> list.add(alternatives(each, printer)));
            return list.toString();
        }
        return "all";
    }

    private static String names(List<OutputColumn> columns) {
        StringJoiner names = new StringJoiner(", ", "(", ")");
        columns.forEach(column -> names.add(column.name()));
        return names.toString();
    }

    private static String projections(Project project) {
        StringJoiner parts = new StringJoiner(", ");
        ExpressionPrinter printer = printer(project.input());
        for (int i = 0; i < project.expressions().size(); i++) {
            String expression = printer.print(project.expressions().get(i));
            String name = project.output().get(i).name();
            parts.add(expression.equals(name) ? name : name + " := " + expression);
        }
        return parts.toString();
    }

    private static String keys(List<SortKey> keys, List<OutputColumn> columns) {
        StringJoiner parts = new StringJoiner(", ");
        for (SortKey key : keys) {
            String nulls =
                    key.nullsFirst() == key.descending() ? "" : key.nullsFirst() ? " nulls first" : " nulls last";
            parts.add(columns.get(key.column()).name() + (key.descending() ? " desc" : "") + nulls);
        }
        return parts.toString();
    }

    private static String bounds(@Nullable Expression offset, @Nullable Expression limit) {
        ExpressionPrinter printer = new ExpressionPrinter(List.of());
        return (offset == null ? "" : " offset " + printer.print(offset))
                + (limit == null ? "" : " limit " + printer.print(limit));
    }

    private static String columnList(List<Integer> positions, List<OutputColumn> columns) {
        StringJoiner parts = new StringJoiner(", ");
        positions.forEach(position -> parts.add(columns.get(position).name()));
        return parts.toString();
    }

    private static String aggregate(Aggregate aggregate) {
        List<OutputColumn> input = aggregate.input().output();
        StringBuilder line =
                new StringBuilder("Aggregate ").append(aggregate.mode().name().toLowerCase(Locale.ROOT));
        if (aggregate.groupingSets().size() > 1) {
            StringJoiner sets = new StringJoiner(", ", " by sets (", ")");
            for (List<Integer> set : aggregate.groupingSets()) {
                List<Integer> positions =
                        set.stream().map(i -> aggregate.groupBy().get(i)).toList();
                sets.add("(" + columnList(positions, input) + ")");
            }
            line.append(sets);
        } else if (!aggregate.groupBy().isEmpty()) {
            line.append(" by ").append(columnList(aggregate.groupBy(), input));
        }
        StringJoiner calls = new StringJoiner(", ", ": ", "").setEmptyValue("");
        aggregate.calls().forEach(call -> calls.add(call(call, input)));
        return line.append(calls).toString();
    }

    private static String seriesAggregate(SeriesAggregate aggregate) {
        List<OutputColumn> input = aggregate.input().output();
        StringBuilder line = new StringBuilder("SeriesAggregate ")
                .append(aggregate.mode().name().toLowerCase(Locale.ROOT));
        StringJoiner groups = new StringJoiner(", ", " by ", "").setEmptyValue("");
        for (SeriesAggregate.Group group : aggregate.groups()) {
            if (group instanceof SeriesAggregate.Group.Bucket bucket) {
                groups.add("bucket(" + input.get(bucket.position()).name() + ", " + bucket.width()
                        + (bucket.origin() == 0 ? ")" : ", " + bucket.origin() + ")"));
            } else {
                int position = ((SeriesAggregate.Group.KeyColumn) group).position();
                groups.add(input.get(position).name());
            }
        }
        StringJoiner calls = new StringJoiner(", ", ": ", "").setEmptyValue("");
        aggregate.calls().forEach(call -> calls.add(call(call, input)));
        line.append(groups).append(calls);
        if (aggregate.newestBuckets() != null) {
            line.append(" newest buckets ").append(new ExpressionPrinter(List.of()).print(aggregate.newestBuckets()));
        }
        return line.toString();
    }

    private static String call(AggregateCall call, List<OutputColumn> input) {
        String arguments = call.arguments().isEmpty() ? "*" : columnList(call.arguments(), input);
        return call.function()
                + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")"
                + (call.order().isEmpty() ? "" : " within group (" + keys(call.order(), input) + ")")
                + (call.filter() < 0
                        ? ""
                        : " filter " + input.get(call.filter()).name());
    }

    private static String join(Join join) {
        List<OutputColumn> left = join.left().output();
        List<OutputColumn> right = join.right().output();
        StringJoiner on = new StringJoiner(" AND ", " on ", "").setEmptyValue("");
        for (int i = 0; i < join.leftKeys().size(); i++) {
            on.add(left.get(join.leftKeys().get(i)).name()
                    + (join.nullSafe().get(i) ? " IS NOT DISTINCT FROM " : " = ")
                    + right.get(join.rightKeys().get(i)).name());
        }
        if (join.condition() != null) {
            List<OutputColumn> both = new ArrayList<>(left);
            both.addAll(right);
            on.add(new ExpressionPrinter(both).print(join.condition()));
        }
        return "Join " + join.kind().name().toLowerCase(Locale.ROOT) + on;
    }

    private static String window(Window window) {
        List<OutputColumn> input = window.input().output();
        StringJoiner groups = new StringJoiner("; ", "Window ", "");
        for (WindowGroup group : window.groups()) {
            StringJoiner calls = new StringJoiner(", ");
            group.calls().forEach(call -> calls.add(call(call, input)));
            StringBuilder line = new StringBuilder(calls.toString()).append(" over (");
            if (!group.partitionBy().isEmpty()) {
                line.append("partition by ")
                        .append(columnList(group.partitionBy(), input))
                        .append(' ');
            }
            if (!group.orderBy().isEmpty()) {
                line.append("order by ").append(keys(group.orderBy(), input)).append(' ');
            }
            groups.add(line.append(frame(group.frame())).append(')').toString());
        }
        return groups.toString();
    }

    private static String call(WindowCall call, List<OutputColumn> input) {
        return call.function()
                + "(" + (call.distinct() ? "DISTINCT " : "") + columnList(call.arguments(), input) + ")"
                + (call.ignoreNulls() ? " ignore nulls" : "");
    }

    private static String frame(WindowGroup.Frame frame) {
        String exclude =
                switch (frame.exclude()) {
                    case NO_OTHERS -> "";
                    case CURRENT_ROW -> " exclude current row";
                    case GROUP -> " exclude group";
                    case TIES -> " exclude ties";
                };
        return frame.unit().name().toLowerCase(Locale.ROOT) + " " + bound(frame.lower(), "preceding") + " to "
                + bound(frame.upper(), "following") + exclude;
    }

    private static String bound(WindowGroup.Bound bound, String direction) {
        if (bound instanceof WindowGroup.Bound.Unbounded) {
            return "unbounded " + direction;
        }
        if (bound instanceof WindowGroup.Bound.Offset offset) {
            return new ExpressionPrinter(List.of()).print(offset.offset())
                    + (offset.preceding() ? " preceding" : " following");
        }
        return "current row";
    }
}
