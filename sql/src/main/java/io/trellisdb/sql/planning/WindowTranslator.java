package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.SortKey;
import io.trellisdb.sql.plan.Window;
import io.trellisdb.sql.plan.WindowCall;
import io.trellisdb.sql.plan.WindowGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;

/**
 * A projection with window functions as three nodes: a projection that computes what they take, the windows, and a
 * projection over their results. Functions with the same window share a group.
 */
final class WindowTranslator {
    private final LogicalProject project;
    private final Piece input;
    private final Correlations outer;
    private final List<RexOver> overs = new ArrayList<>();
    private final List<Expression> prepared = new ArrayList<>();
    private final Map<RexNode, Integer> preparedPositions = new LinkedHashMap<>();

    WindowTranslator(LogicalProject project, Piece input, Correlations outer) {
        this.project = project;
        this.input = input;
        this.outer = outer;
        for (int i = 0; i < input.columns().size(); i++) {
            prepared.add(new ColumnRef(i, input.columns().get(i).type()));
        }
        project.getProjects().forEach(this::collect);
    }

    private void collect(RexNode node) {
        node.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitOver(RexOver over) {
                if (!overs.contains(over)) {
                    overs.add(over);
                }
                return null;
            }
        });
    }

    /** Functions over one window. */
    private record Frame(List<Integer> partitionBy, List<SortKey> orderBy, WindowGroup.Frame frame) {}

    Piece translate() {
        Map<Frame, List<RexOver>> groups = new LinkedHashMap<>();
        for (RexOver over : overs) {
            groups.computeIfAbsent(frame(over), frame -> new ArrayList<>()).add(over);
        }
        List<WindowGroup> windowGroups = new ArrayList<>();
        List<RexOver> inOrder = new ArrayList<>();
        List<OutputColumn> results = new ArrayList<>();
        groups.forEach((frame, members) -> {
            List<WindowCall> calls = new ArrayList<>();
            for (RexOver over : members) {
                WindowCall call = call(over);
                calls.add(call);
                inOrder.add(over);
                results.add(new OutputColumn(
                        "$window" + results.size(), call.type(), over.getType().isNullable()));
            }
            windowGroups.add(new WindowGroup(frame.partitionBy(), frame.orderBy(), frame.frame(), calls));
        });

        PlanNode base = prepared.size() == input.columns().size() ? input.gathered() : projected();
        List<OutputColumn> output = new ArrayList<>(base.output());
        output.addAll(results);
        PlanNode window = new Window(base, windowGroups, output);
        return finished(window, inOrder, base.output().size());
    }

    private PlanNode projected() {
        List<OutputColumn> columns = new ArrayList<>(input.columns());
        for (int i = columns.size(); i < prepared.size(); i++) {
            columns.add(new OutputColumn("$argument" + i, prepared.get(i).type(), true));
        }
        return new Project(input.gathered(), prepared, columns);
    }

    /** The column that holds the expression's value under the window. */
    private int column(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return reference.getIndex();
        }
        return preparedPositions.computeIfAbsent(node, n -> {
            prepared.add(new ExpressionTranslator(input.columns(), outer).translate(n));
            return prepared.size() - 1;
        });
    }

    private WindowCall call(RexOver over) {
        String function = FunctionNames.aggregate(over.getAggOperator().getName());
        DataType type = TypeMapping.toTrellis(over.getType());
        boolean moving = function.equals("LAG") || function.equals("LEAD");
        List<Integer> arguments = new ArrayList<>();
        for (int i = 0; i < over.getOperands().size(); i++) {
            // the value and its default come out, so that both have the result's type
            boolean result = moving && i != 1;
            RexNode operand = over.getOperands().get(i);
            arguments.add(result ? converted(operand, type) : column(operand));
        }
        return new WindowCall(function, arguments, over.isDistinct(), over.ignoreNulls(), type);
    }

    private int converted(RexNode node, DataType type) {
        Expression value = new ExpressionTranslator(input.columns(), outer).translate(node);
        Expression wanted = CommonTypes.convert(value, type);
        if (wanted == value) {
            return column(node);
        }
        prepared.add(wanted);
        return prepared.size() - 1;
    }

    private Frame frame(RexOver over) {
        RexWindow window = over.getWindow();
        List<Integer> partitionBy =
                window.partitionKeys.stream().map(this::column).toList();
        List<SortKey> orderBy = new ArrayList<>();
        for (RexFieldCollation key : window.orderKeys) {
            boolean descending = key.getDirection().isDescending();
            boolean nullsFirst =
                    switch (key.getNullDirection()) {
                        case FIRST -> true;
                        case LAST -> false;
                        case UNSPECIFIED -> descending;
                    };
            orderBy.add(new SortKey(column(key.left), descending, nullsFirst));
        }
        WindowGroup.Unit unit = window.isRows() ? WindowGroup.Unit.ROWS : WindowGroup.Unit.RANGE;
        return new Frame(
                partitionBy,
                orderBy,
                new WindowGroup.Frame(
                        unit,
                        bound(window.getLowerBound()),
                        bound(window.getUpperBound()),
                        exclude(window.getExclude())));
    }

    private WindowGroup.Bound bound(RexWindowBound bound) {
        if (bound.isUnbounded()) {
            return new WindowGroup.Bound.Unbounded();
        }
        if (bound.isCurrentRow()) {
            return new WindowGroup.Bound.CurrentRow();
        }
        RexNode offset = bound.getOffset();
        if (offset == null) {
            throw new IllegalStateException("frame bound without offset: " + bound);
        }
        Expression value = new ExpressionTranslator(List.of(), outer).translate(offset);
        if (!Expressions.isFixed(value)) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "frame bound must be a constant or a parameter");
        }
        return new WindowGroup.Bound.Offset(value, bound.isPreceding());
    }

    private static WindowGroup.Exclude exclude(RexWindowExclusion exclusion) {
        return switch (exclusion) {
            case EXCLUDE_NO_OTHER -> WindowGroup.Exclude.NO_OTHERS;
            case EXCLUDE_CURRENT_ROW -> WindowGroup.Exclude.CURRENT_ROW;
            case EXCLUDE_GROUP -> WindowGroup.Exclude.GROUP;
            case EXCLUDE_TIES -> WindowGroup.Exclude.TIES;
        };
    }

    private Piece finished(PlanNode window, List<RexOver> inOrder, int base) {
        RexShuttle results = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                return new RexInputRef(base + inOrder.indexOf(over), over.getType());
            }
        };
        List<RexNode> expressions = results.apply(new ArrayList<>(project.getProjects()));
        List<Expression> translated = new ExpressionTranslator(window.output(), outer).translateAll(expressions);
        List<OutputColumn> named = RelationTranslator.columns(project);
        return Piece.gateway(new Project(window, translated, Piece.outputs(translated, named)));
    }
}
