package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.Filter;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import io.trellisdb.sql.plan.Recursion;
import io.trellisdb.sql.plan.RecursionInput;
import io.trellisdb.sql.plan.SetOperation;
import io.trellisdb.sql.plan.Unnest;
import io.trellisdb.sql.plan.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.rel.logical.LogicalTableSpool;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.schema.TransientTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Util;

/** Makes our plan of an optimised logical plan: what runs on the owners of partitions, what at the gateway. */
final class RelationTranslator {
    private final PlanningRun run;

    RelationTranslator(PlanningRun run) {
        this.run = run;
    }

    PlanNode translateRoot(RelNode root) {
        return translate(root, Correlations.NONE).gathered();
    }

    Piece translate(RelNode node, Correlations outer) {
        run.checkTime();
        if (node instanceof LogicalProject project) {
            return project(project, outer);
        }
        if (node instanceof LogicalFilter filter) {
            return filter(filter, outer);
        }
        if (node instanceof TableScan scan) {
            return scan(scan);
        }
        if (node instanceof LogicalAggregate aggregate) {
            return aggregate(aggregate, outer);
        }
        if (node instanceof Sort sort) {
            return new SortTranslator(sort, translate(sort.getInput(), outer)).translate();
        }
        if (node instanceof LogicalJoin join) {
            return new JoinTranslator(this, outer).join(join);
        }
        if (node instanceof LogicalCorrelate correlate) {
            return new JoinTranslator(this, outer).correlate(correlate);
        }
        if (node instanceof SetOp set) {
            return setOperation(set, outer);
        }
        if (node instanceof LogicalValues values) {
            return values(values);
        }
        if (node instanceof Uncollect uncollect) {
            return unnest(uncollect, outer);
        }
        if (node instanceof LogicalRepeatUnion recursion) {
            return recursion(recursion, outer);
        }
        if (node instanceof LogicalTableSpool spool) {
            return translate(spool.getInput(), outer);
        }
        throw unsupported(node);
    }

    private static TrellisException unsupported(RelNode node) {
        String what =
                switch (node.getRelTypeName()) {
                    case "LogicalAsofJoin" -> "ASOF JOIN";
                    case "LogicalTableFunctionScan" -> "table function in FROM";
                    case "LogicalMatch" -> "MATCH_RECOGNIZE";
                    case "Sample" -> "TABLESAMPLE";
                    case "Collect" -> "ARRAY or MULTISET of a query";
                    default -> node.getRelTypeName();
                };
        return new TrellisException(ErrorCode.NOT_SUPPORTED, "query element is not supported yet: " + what);
    }

    private Piece scan(TableScan scan) {
        TransientTable round = scan.getTable().unwrap(TransientTable.class);
        if (round != null) {
            String name = Util.last(scan.getTable().getQualifiedName());
            return Piece.gateway(new RecursionInput(name, columns(scan)));
        }
        Set<Integer> all = new TreeSet<>(
                IntStream.range(0, scan.getRowType().getFieldCount()).boxed().toList());
        return scan(scan, List.of(), all).piece();
    }

    private ScanTranslator.Result scan(TableScan scan, List<Expression> conditions, Set<Integer> wanted) {
        Relation.Stored stored = scan.getTable().unwrap(Relation.Stored.class);
        if (stored != null) {
            return ScanTranslator.stored(stored, conditions, wanted);
        }
        Relation.Virtual system = scan.getTable().unwrap(Relation.Virtual.class);
        if (system != null) {
            return ScanTranslator.system(system, conditions, wanted);
        }
        throw new IllegalStateException(
                "scan of an unknown kind of table: " + scan.getTable().getQualifiedName());
    }

    private static boolean isTable(RelNode node) {
        return node instanceof TableScan scan && scan.getTable().unwrap(TransientTable.class) == null;
    }

    private Piece filter(LogicalFilter filter, Correlations outer) {
        if (isTable(filter.getInput())) {
            Set<Integer> all =
                    new TreeSet<>(IntStream.range(0, filter.getRowType().getFieldCount())
                            .boxed()
                            .toList());
            ScanTranslator.Result result = filteredScan(filter, outer, all);
            return select(result, filter.getRowType().getFieldCount());
        }
        Piece input = translate(filter.getInput(), outer);
        Expression condition = new ExpressionTranslator(input.columns(), outer).translate(filter.getCondition());
        Optional<Piece> latest = LatestRows.of(input, condition);
        if (latest.isPresent()) {
            return latest.get();
        }
        return input.keeping(new Filter(input.node(), condition, input.columns()));
    }

    /** The scan's columns when all were wanted: they are in the table's order already. */
    private static Piece select(ScanTranslator.Result result, int count) {
        if (result.piece().columns().size() != count) {
            throw new IllegalStateException("scan does not have all columns");
        }
        return result.piece();
    }

    private ScanTranslator.Result filteredScan(LogicalFilter filter, Correlations outer, Set<Integer> wanted) {
        TableScan scan = (TableScan) filter.getInput();
        Expression condition = new ExpressionTranslator(tableColumns(scan), outer).translate(filter.getCondition());
        return scan(scan, Expressions.conjuncts(condition), wanted);
    }

    /** With the types that the container declares, TEXT among them. */
    private static List<OutputColumn> tableColumns(TableScan scan) {
        Relation.Stored stored = scan.getTable().unwrap(Relation.Stored.class);
        List<OutputColumn> columns = columns(scan);
        if (stored == null) {
            return columns;
        }
        List<OutputColumn> declared =
                new ArrayList<>(RowScope.of("", stored.container()).columns());
        declared.addAll(columns.subList(declared.size(), columns.size()));
        return declared;
    }

    static List<OutputColumn> columns(RelNode node) {
        List<OutputColumn> columns = new ArrayList<>();
        for (RelDataTypeField field : node.getRowType().getFieldList()) {
            columns.add(new OutputColumn(
                    field.getName(),
                    TypeMapping.toTrellis(field.getType()),
                    field.getType().isNullable()));
        }
        return columns;
    }

    private Piece project(LogicalProject project, Correlations outer) {
        if (project.getProjects().stream().anyMatch(RexOver::containsOver)) {
            return window(project, outer);
        }
        RelNode input = project.getInput();
        boolean filtered = input instanceof LogicalFilter filter && isTable(filter.getInput());
        if (!filtered && !isTable(input)) {
            Piece piece = translate(input, outer);
            List<Expression> expressions =
                    new ExpressionTranslator(piece.columns(), outer).translateAll(project.getProjects());
            return over(piece, expressions, columns(project));
        }
        TableScan scan = (TableScan) (filtered ? input.getInput(0) : input);
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(project.getProjects(), null);
        Set<Integer> wanted = new TreeSet<>(used.asList());
        ScanTranslator.Result result =
                filtered ? filteredScan((LogicalFilter) input, outer, wanted) : scan(scan, List.of(), wanted);
        List<Expression> expressions = new ExpressionTranslator(tableColumns(scan), outer)
                .translateAll(project.getProjects()).stream()
                        .map(expression -> Expressions.moved(expression, result::position))
                        .toList();
        return over(result.piece(), expressions, columns(project));
    }

    /** A projection, unless it would only repeat its input; the order is kept as far as its columns are. */
    static Piece over(Piece piece, List<Expression> expressions, List<OutputColumn> named) {
        List<OutputColumn> output = Piece.outputs(expressions, named);
        if (isIdentity(expressions, piece.columns())) {
            return output.equals(piece.columns()) ? piece : renamed(piece, expressions, output);
        }
        Project node = new Project(piece.node(), expressions, output);
        return ProjectedOrder.of(piece, expressions, node);
    }

    private static Piece renamed(Piece piece, List<Expression> expressions, List<OutputColumn> output) {
        return piece.keeping(new Project(piece.node(), expressions, output));
    }

    private static boolean isIdentity(List<Expression> expressions, List<OutputColumn> input) {
        if (expressions.size() != input.size()) {
            return false;
        }
        for (int i = 0; i < expressions.size(); i++) {
            if (!(expressions.get(i) instanceof ColumnRef column) || column.index() != i) {
                return false;
            }
        }
        return true;
    }

    private Piece window(LogicalProject project, Correlations outer) {
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(project.getProjects(), null);
        if (isNarrowable(project.getInput(), used)) {
            LogicalProject narrow = narrowed(project.getInput(), used);
            List<RexNode> shifted = new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef reference) {
                    return new RexInputRef(used.indexOf(reference.getIndex()), reference.getType());
                }
            }.apply(new ArrayList<>(project.getProjects()));
            LogicalProject over = LogicalProject.create(
                    narrow, List.of(), shifted, project.getRowType().getFieldNames(), project.getVariablesSet());
            return new WindowTranslator(over, translate(narrow, outer), outer).translate();
        }
        return new WindowTranslator(project, translate(project.getInput(), outer), outer).translate();
    }

    private Piece aggregate(LogicalAggregate aggregate, Correlations outer) {
        ImmutableBitSet.Builder used = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
        for (AggregateCall call : aggregate.getAggCallList()) {
            used.addAll(ImmutableBitSet.of(call.getArgList()));
            used.addAll(ImmutableBitSet.of(call.getCollation().getKeys()));
            if (call.filterArg >= 0) {
                used.set(call.filterArg);
            }
        }
        ImmutableBitSet columns = used.build();
        if (isNarrowable(aggregate.getInput(), columns)) {
            Piece input = translate(narrowed(aggregate.getInput(), columns), outer);
            return new AggregateTranslator(aggregate, input, columns::indexOf).translate();
        }
        return new AggregateTranslator(aggregate, translate(aggregate.getInput(), outer), column -> column).translate();
    }

    /** Whether a scan lies right below of which not all columns are used. */
    private static boolean isNarrowable(RelNode input, ImmutableBitSet used) {
        boolean table = isTable(input) || input instanceof LogicalFilter filter && isTable(filter.getInput());
        return table && used.cardinality() < input.getRowType().getFieldCount();
    }

    private static LogicalProject narrowed(RelNode input, ImmutableBitSet used) {
        List<RexNode> references = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column : used) {
            references.add(RexInputRef.of(column, input.getRowType()));
            names.add(input.getRowType().getFieldNames().get(column));
        }
        return LogicalProject.create(input, List.of(), references, names, Set.of());
    }

    private Piece setOperation(SetOp set, Correlations outer) {
        List<OutputColumn> output = columns(set);
        List<PlanNode> inputs = new ArrayList<>();
        for (RelNode input : set.getInputs()) {
            inputs.add(converted(translate(input, outer), output).gathered());
        }
        SetOperation.Kind kind =
                switch (set.kind) {
                    case UNION -> SetOperation.Kind.UNION;
                    case INTERSECT -> SetOperation.Kind.INTERSECT;
                    default -> SetOperation.Kind.EXCEPT;
                };
        return Piece.gateway(new SetOperation(inputs, kind, set.all, output));
    }

    /** The rows with exactly these types. */
    private static Piece converted(Piece piece, List<OutputColumn> wanted) {
        List<Expression> expressions = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < wanted.size(); i++) {
            DataType own = piece.columns().get(i).type();
            Expression column = new ColumnRef(i, own);
            Expression value = CommonTypes.convert(column, wanted.get(i).type());
            same &= value == column;
            expressions.add(value);
        }
        return same
                ? piece
                : piece.unordered(new Project(piece.node(), expressions, Piece.outputs(expressions, wanted)));
    }

    private static Piece values(LogicalValues values) {
        List<OutputColumn> output = columns(values);
        List<List<Expression>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.getTuples()) {
            List<Expression> row = new ArrayList<>();
            for (int i = 0; i < tuple.size(); i++) {
                row.add(CommonTypes.convert(
                        Literals.of(tuple.get(i)), output.get(i).type()));
            }
            rows.add(row);
        }
        return Piece.gateway(new Values(rows, output));
    }

    private Piece unnest(Uncollect uncollect, Correlations outer) {
        Piece input = translate(uncollect.getInput(), outer);
        if (input.columns().size() != 1) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "UNNEST of several arrays is not supported yet");
        }
        OutputColumn array = input.columns().get(0);
        List<OutputColumn> named = columns(uncollect);
        List<OutputColumn> all = new ArrayList<>(List.of(array));
        all.addAll(named);
        PlanNode node = new Unnest(input.gathered(), new ColumnRef(0, array.type()), uncollect.withOrdinality, all);
        List<Expression> kept = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            kept.add(new ColumnRef(i + 1, named.get(i).type()));
        }
        return Piece.gateway(new Project(node, kept, named));
    }

    private Piece recursion(LogicalRepeatUnion recursion, Correlations outer) {
        List<OutputColumn> output = columns(recursion);
        if (recursion.getTransientTable() == null) {
            throw unsupported(recursion);
        }
        String name = Util.last(recursion.getTransientTable().getQualifiedName());
        return Piece.gateway(new Recursion(
                name,
                converted(translate(recursion.getSeedRel(), outer), output).gathered(),
                converted(translate(recursion.getIterativeRel(), outer), output).gathered(),
                recursion.all,
                output));
    }

    static List<Expression> translateAll(List<RexNode> nodes, Piece input, Correlations outer) {
        return new ExpressionTranslator(input.columns(), outer).translateAll(nodes);
    }
}
