package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.aggregate.Aggregates;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Case;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.plan.Aggregate;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.SeriesAggregate;
import io.trellisdb.sql.plan.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * GROUP BY. Over one partition the whole aggregation runs on its owner; over several it runs in two phases where every
 * aggregate has partial states, otherwise at the gateway.
 */
final class AggregateTranslator {
    private final LogicalAggregate aggregate;
    private final IntUnaryOperator column;
    private Piece input;
    private final List<Integer> groupBy;
    private final List<List<Integer>> groupingSets = new ArrayList<>();
    private final List<AggregateCall> calls = new ArrayList<>();
    private final Map<Integer, Integer> callPositions = new HashMap<>();

    /** @param column where a column of the aggregate's input is in {@code input} */
    AggregateTranslator(LogicalAggregate aggregate, Piece input, IntUnaryOperator column) {
        this.aggregate = aggregate;
        this.input = input;
        this.column = column;
        List<Integer> groups = aggregate.getGroupSet().asList();
        this.groupBy = moved(groups);
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            groupingSets.add(set.asList().stream().map(groups::indexOf).toList());
        }
        collectCalls();
    }

    private List<Integer> moved(List<Integer> columns) {
        return columns.stream().map(column::applyAsInt).toList();
    }

    /** GROUPING and constants are computed afterwards; everything else is a call. */
    private void collectCalls() {
        List<org.apache.calcite.rel.core.AggregateCall> all = aggregate.getAggCallList();
        for (int i = 0; i < all.size(); i++) {
            if (!isGrouping(all.get(i)) && !isConstant(all.get(i))) {
                AggregateCall call = call(all.get(i));
                int known = calls.indexOf(call);
                callPositions.put(i, known < 0 ? calls.size() : known);
                if (known < 0) {
                    calls.add(call);
                }
            }
        }
    }

    private static boolean isGrouping(org.apache.calcite.rel.core.AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.GROUPING;
    }

    private static boolean isConstant(org.apache.calcite.rel.core.AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.LITERAL_AGG;
    }

    private AggregateCall call(org.apache.calcite.rel.core.AggregateCall call) {
        if (call.ignoreNulls() || call.distinctKeys != null) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "aggregate option is not supported: IGNORE NULLS or WITHIN DISTINCT of "
                            + call.getAggregation().getName());
        }
        return new AggregateCall(
                FunctionNames.aggregate(call.getAggregation().getName()),
                moved(call.getArgList()),
                call.isDistinct(),
                call.filterArg < 0 ? -1 : column.applyAsInt(call.filterArg),
                order(call),
                TypeMapping.toTrellis(call.getType()));
    }

    private List<SortKey> order(org.apache.calcite.rel.core.AggregateCall call) {
        return SortTranslator.keys(call.getCollation().getFieldCollations()).stream()
                .map(key -> new SortKey(column.applyAsInt(key.column()), key.descending(), key.nullsFirst()))
                .toList();
    }

    Piece translate() {
        boolean numbered = groupingSets.size() > 1;
        PlanNode node = aggregated(numbered);
        Piece piece = input.place() == Piece.Place.ONE_OWNER
                ? new Piece(node, Piece.Place.ONE_OWNER, List.of(), java.util.Set.of())
                : Piece.gateway(node);
        if (!numbered && calls.size() == aggregate.getAggCallList().size()) {
            return piece;
        }
        return piece.unordered(finished(node, numbered));
    }

    private PlanNode aggregated(boolean numbered) {
        List<OutputColumn> output = output(numbered);
        Optional<SeriesAggregation> series = SeriesAggregation.over(input.node());
        if (series.isPresent()) {
            Optional<PlanNode> latest = series.get().latest(groupBy, calls);
            if (latest.isPresent()) {
                input = input.unordered(latest.get());
                boolean isValue =
                        calls.stream().noneMatch(call -> call.function().equals("COUNT"));
                if (!numbered && isValue && series.get().holdSeries(groupBy)) {
                    return ofNewest(output);
                }
            } else if (!numbered) {
                Optional<PlanNode> inStore = inStore(series.get(), output);
                if (inStore.isPresent()) {
                    return inStore.get();
                }
            }
        }
        if (input.place() != Piece.Place.OWNERS) {
            return new Aggregate(input.node(), Aggregate.Mode.SINGLE, groupBy, groupingSets, calls, output);
        }
        if (numbered || calls.stream().anyMatch(call -> stateTypes(call).isEmpty())) {
            return new Aggregate(input.gathered(), Aggregate.Mode.SINGLE, groupBy, groupingSets, calls, output);
        }
        return twoPhases(output);
    }

    /** The columns of a call's partial state; none where it must see all rows in one place. */
    private List<DataType> stateTypes(AggregateCall call) {
        if (!call.order().isEmpty()) {
            return List.of();
        }
        List<DataType> types = Arrays.stream(Aggregates.columns(call))
                .mapToObj(position -> input.columns().get(position).type())
                .toList();
        return Aggregates.partialStateTypes(call, types);
    }

    /** Groups of one row each: the newest of a series. */
    private PlanNode ofNewest(List<OutputColumn> output) {
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            int from = i < groupBy.size()
                    ? groupBy.get(i)
                    : calls.get(i - groupBy.size()).arguments().get(0);
            Expression value = new ColumnRef(from, input.columns().get(from).type());
            converted.add(CommonTypes.convert(value, output.get(i).type()));
        }
        Project project = new Project(input.node(), converted, Piece.outputs(converted, output));
        return input.place() == Piece.Place.OWNERS ? new Gather(project, List.of(), project.output()) : project;
    }

    /** The aggregation of a time series by its store, if that can do all of it. */
    private Optional<PlanNode> inStore(SeriesAggregation series, List<OutputColumn> output) {
        boolean isBySeries = series.holdSeries(groupBy);
        Optional<List<SeriesAggregate.Group>> groups = series.groups(groupBy);
        Optional<List<AggregateCall>> own = series.calls(calls, isBySeries);
        if (groups.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        Function<Aggregate.Mode, Function<List<OutputColumn>, PlanNode>> aggregate =
                mode -> columns -> new SeriesAggregate(series.scan(), mode, groups.get(), own.get(), null, columns);
        if (input.place() == Piece.Place.ONE_OWNER) {
            return Optional.of(aggregate.apply(Aggregate.Mode.SINGLE).apply(output));
        }
        return Optional.of(
                isBySeries
                        ? new Gather(aggregate.apply(Aggregate.Mode.SINGLE).apply(output), List.of(), output)
                        : twoPhases(output, aggregate.apply(Aggregate.Mode.PARTIAL)));
    }

    private PlanNode twoPhases(List<OutputColumn> output) {
        return twoPhases(
                output,
                states -> new Aggregate(input.node(), Aggregate.Mode.PARTIAL, groupBy, groupingSets, calls, states));
    }

    private PlanNode twoPhases(List<OutputColumn> output, Function<List<OutputColumn>, PlanNode> firstPhase) {
        List<OutputColumn> states = new ArrayList<>(output.subList(0, groupBy.size()));
        List<AggregateCall> merging = new ArrayList<>();
        for (AggregateCall call : calls) {
            List<Integer> columns = new ArrayList<>();
            for (DataType type : stateTypes(call)) {
                columns.add(states.size());
                states.add(new OutputColumn("$state" + states.size(), type, true));
            }
            merging.add(new AggregateCall(call.function(), columns, false, -1, List.of(), call.type()));
        }
        PlanNode partial = firstPhase.apply(states);
        List<Integer> groups = IntStream.range(0, groupBy.size()).boxed().toList();
        return new Aggregate(
                new Gather(partial, List.of(), states), Aggregate.Mode.FINAL, groups, groupingSets, merging, output);
    }

    private List<OutputColumn> output(boolean numbered) {
        List<OutputColumn> named = RelationTranslator.columns(aggregate);
        List<OutputColumn> output = new ArrayList<>();
        for (int i = 0; i < groupBy.size(); i++) {
            OutputColumn column = named.get(i);
            DataType type = input.columns().get(groupBy.get(i)).type();
            output.add(new OutputColumn(column.name(), type, column.nullable()));
        }
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            Integer position = callPositions.get(i);
            if (position != null && groupBy.size() + position == output.size()) {
                output.add(named.get(groupBy.size() + i));
            }
        }
        if (numbered) {
            output.add(new OutputColumn("$set", DataType.INTEGER, false));
        }
        return output;
    }

    /** Adds GROUPING and constants, repeats equal calls, drops the number of the grouping set. */
    private PlanNode finished(PlanNode node, boolean numbered) {
        List<OutputColumn> named = RelationTranslator.columns(aggregate);
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < groupBy.size(); i++) {
            expressions.add(new ColumnRef(i, node.output().get(i).type()));
        }
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            org.apache.calcite.rel.core.AggregateCall call =
                    aggregate.getAggCallList().get(i);
            Integer position = callPositions.get(i);
            if (position != null) {
                int column = groupBy.size() + position;
                expressions.add(new ColumnRef(column, node.output().get(column).type()));
            } else if (isConstant(call)) {
                expressions.add(Literals.of((RexLiteral) call.rexList.get(0)));
            } else {
                expressions.add(grouping(call, node, numbered));
            }
        }
        return new Project(node, expressions, Piece.outputs(expressions, named));
    }

    /** A bit per argument that is not grouped in the row's set. */
    private Expression grouping(org.apache.calcite.rel.core.AggregateCall call, PlanNode node, boolean numbered) {
        DataType type = TypeMapping.toTrellis(call.getType());
        List<Literal> values = new ArrayList<>();
        for (List<Integer> set : groupingSets) {
            long bits = 0;
            for (int argument : call.getArgList()) {
                bits = bits << 1 | (set.contains(groupBy.indexOf(column.applyAsInt(argument))) ? 0 : 1);
            }
            values.add(
                    Literals.exactly(new Literal(bits, DataType.BIGINT), type).orElseThrow());
        }
        if (!numbered) {
            return values.get(0);
        }
        Expression number = new ColumnRef(node.output().size() - 1, DataType.INTEGER);
        List<Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i < values.size() - 1; i++) {
            Expression isSet = new Call("=", List.of(number, new Literal(i, DataType.INTEGER)), DataType.BOOLEAN);
            branches.add(new Case.Branch(isSet, values.get(i)));
        }
        return new Case(branches, values.get(values.size() - 1), type);
    }
}
