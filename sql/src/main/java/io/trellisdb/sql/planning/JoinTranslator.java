package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
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
        JoinKeys keys = new JoinKeys(left, right);
        for (int i = 0; i < leftKeys.size(); i++) {
            keys.add(leftKeys.get(i), rightKeys.get(i), !filterNulls.get(i));
        }
        List<OutputColumn> both = new ArrayList<>(left.output());
        both.addAll(right.output());
        List<Expression> conditions = rest.isAlwaysTrue()
                ? List.of()
                : Expressions.conjuncts(new ExpressionTranslator(both, outer).translate(rest));
        List<Expression> others =
                conditions.stream().filter(condition -> !keys.take(condition)).toList();
        return Piece.gateway(joined(join.getJoinType(), keys, Expressions.and(others)));
    }

    private static PlanNode joined(JoinRelType type, JoinKeys keys, Optional<Expression> condition) {
        Join.Kind kind = kind(type);
        boolean leftOnly = kind == Join.Kind.SEMI || kind == Join.Kind.ANTI;
        PlanNode left = keys.left();
        PlanNode right = keys.right();
        int leftCount = keys.leftCount();
        int shift = left.output().size() - leftCount;
        Expression shifted = condition
                .map(c -> Expressions.moved(c, column -> column < leftCount ? column : column + shift))
                .orElse(null);
        List<OutputColumn> wide = new ArrayList<>(nullable(left.output(), type.generatesNullsOnLeft()));
        if (!leftOnly) {
            wide.addAll(nullable(right.output(), type.generatesNullsOnRight()));
        }
        PlanNode node = new Join(left, right, kind, keys.leftKeys(), keys.rightKeys(), keys.nullSafe(), shifted, wide);
        return keys.isWidened() ? narrowed(node, leftCount, shift, leftOnly ? 0 : keys.rightCount()) : node;
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

    /** Without the converted keys. */
    private static PlanNode narrowed(PlanNode node, int leftCount, int shift, int rightCount) {
        List<Expression> expressions = new ArrayList<>();
        List<OutputColumn> output = new ArrayList<>();
        for (int i = 0; i < leftCount + rightCount; i++) {
            int column = i < leftCount ? i : i + shift;
            expressions.add(new ColumnRef(column, node.output().get(column).type()));
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
