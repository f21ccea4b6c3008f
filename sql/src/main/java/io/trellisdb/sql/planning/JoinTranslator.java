package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.Correlate;
import io.trellisdb.sql.plan.Join;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexNode;

/** Joins at the gateway: by equal keys where the condition has them, what is left of it as a further condition. */
final class JoinTranslator {
    private final RelationTranslator relations;
    private final Correlations outer;

    JoinTranslator(RelationTranslator relations, Correlations outer) {
        this.relations = relations;
        this.outer = outer;
    }

    Piece join(LogicalJoin join) {
        PlanNode left = relations.translate(join.getLeft(), outer).gathered();
        PlanNode right = relations.translate(join.getRight(), outer).gathered();
        List<Integer> leftKeys = new ArrayList<>();
        List<Integer> rightKeys = new ArrayList<>();
        List<Boolean> filterNulls = new ArrayList<>();
        RexNode rest = RelOptUtil.splitJoinCondition(
                join.getLeft(), join.getRight(), join.getCondition(), leftKeys, rightKeys, filterNulls);
        List<Boolean> nullSafe = filterNulls.stream().map(filter -> !filter).toList();

        int leftCount = left.output().size();
        int rightCount = right.output().size();
        Sides sides = aligned(left, right, leftKeys, rightKeys);
        List<OutputColumn> both = new ArrayList<>(left.output());
        both.addAll(right.output());
        Optional<Expression> condition = rest.isAlwaysTrue()
                ? Optional.empty()
                : Optional.of(new ExpressionTranslator(both, outer).translate(rest));
        int shift = sides.left().output().size() - leftCount;
        Expression shifted = condition
                .map(c -> Expressions.moved(c, column -> column < leftCount ? column : column + shift))
                .orElse(null);

        Join.Kind kind = kind(join.getJoinType());
        boolean leftOnly = kind == Join.Kind.SEMI || kind == Join.Kind.ANTI;
        List<OutputColumn> wide = new ArrayList<>(
                nullable(sides.left().output(), join.getJoinType().generatesNullsOnLeft()));
        if (!leftOnly) {
            wide.addAll(nullable(sides.right().output(), join.getJoinType().generatesNullsOnRight()));
        }
        PlanNode node = new Join(
                sides.left(), sides.right(), kind, sides.leftKeys(), sides.rightKeys(), nullSafe, shifted, wide);
        if (shift == 0 && sides.right().output().size() == rightCount) {
            return Piece.gateway(node);
        }
        return Piece.gateway(narrowed(node, leftCount, shift, leftOnly ? 0 : rightCount));
    }

    private static Join.Kind kind(JoinRelType type) {
        return switch (type) {
            case INNER -> Join.Kind.INNER;
            case LEFT -> Join.Kind.LEFT;
            case RIGHT -> Join.Kind.RIGHT;
            case FULL -> Join.Kind.FULL;
            case SEMI -> Join.Kind.SEMI;
            case ANTI -> Join.Kind.ANTI;
            default -> throw new TrellisException(ErrorCode.NOT_SUPPORTED, "join is not supported yet: " + type);
        };
    }

    private static List<OutputColumn> nullable(List<OutputColumn> columns, boolean nullable) {
        return nullable
                ? columns.stream()
                        .map(column -> new OutputColumn(column.name(), column.type(), true))
                        .toList()
                : columns;
    }

    private record Sides(PlanNode left, PlanNode right, List<Integer> leftKeys, List<Integer> rightKeys) {}

    /** Keys of equal types: where they differ, a converted copy of the column is joined on. */
    private static Sides aligned(PlanNode left, PlanNode right, List<Integer> leftKeys, List<Integer> rightKeys) {
        List<Expression> leftExtra = new ArrayList<>();
        List<Expression> rightExtra = new ArrayList<>();
        List<Integer> newLeft = new ArrayList<>();
        List<Integer> newRight = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            ColumnRef a = reference(left, leftKeys.get(i));
            ColumnRef b = reference(right, rightKeys.get(i));
            DataType common = comparable(a.type(), b.type()) ? a.type() : CommonTypes.common(a.type(), b.type());
            newLeft.add(key(a, common, b.type(), left, leftExtra));
            newRight.add(key(b, common, a.type(), right, rightExtra));
        }
        return new Sides(widened(left, leftExtra), widened(right, rightExtra), newLeft, newRight);
    }

    private static ColumnRef reference(PlanNode node, int column) {
        return new ColumnRef(column, node.output().get(column).type());
    }

    private static boolean comparable(DataType a, DataType b) {
        return a.equals(b)
                || a.kind().isString() && b.kind().isString()
                || a.kind().isBinary() && b.kind().isBinary();
    }

    private static int key(ColumnRef column, DataType common, DataType other, PlanNode node, List<Expression> extra) {
        if (comparable(column.type(), other)) {
            return column.index();
        }
        Expression converted = CommonTypes.convert(column, common);
        if (converted == column) {
            return column.index();
        }
        extra.add(converted);
        return node.output().size() + extra.size() - 1;
    }

    private static PlanNode widened(PlanNode node, List<Expression> extra) {
        if (extra.isEmpty()) {
            return node;
        }
        List<Expression> expressions = new ArrayList<>();
        List<OutputColumn> output = new ArrayList<>(node.output());
        for (int i = 0; i < node.output().size(); i++) {
            expressions.add(reference(node, i));
        }
        for (Expression expression : extra) {
            expressions.add(expression);
            output.add(new OutputColumn("$key" + output.size(), expression.type(), true));
        }
        return new Project(node, expressions, output);
    }

    /** Without the converted keys. */
    private static PlanNode narrowed(PlanNode node, int leftCount, int shift, int rightCount) {
        List<Expression> expressions = new ArrayList<>();
        List<OutputColumn> output = new ArrayList<>();
        for (int i = 0; i < leftCount + rightCount; i++) {
            int column = i < leftCount ? i : i + shift;
            expressions.add(reference(node, column));
            output.add(node.output().get(column));
        }
        return new Project(node, expressions, output);
    }

    Piece correlate(LogicalCorrelate correlate) {
        PlanNode left = relations.translate(correlate.getLeft(), outer).gathered();
        int id = correlate.getCorrelationId().getId();
        PlanNode right = relations
                .translate(correlate.getRight(), outer.with(id, left.output()))
                .gathered();
        Join.Kind kind = kind(correlate.getJoinType());
        List<OutputColumn> output = new ArrayList<>(left.output());
        if (kind != Join.Kind.SEMI && kind != Join.Kind.ANTI) {
            output.addAll(nullable(right.output(), correlate.getJoinType().generatesNullsOnRight()));
        }
        return Piece.gateway(new Correlate(left, right, kind, id, null, output));
    }
}
