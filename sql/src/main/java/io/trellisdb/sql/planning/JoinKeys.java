package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.plan.OutputColumn;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The pairs of columns on which a join hashes, of equal types each. An expression, or a column that must be converted first,
 * becomes a further column behind its side's own.
 */
final class JoinKeys {
    private final PlanNode left;
    private final PlanNode right;
    private final List<Expression> leftExtra = new ArrayList<>();
    private final List<Expression> rightExtra = new ArrayList<>();
    private final List<Integer> leftKeys = new ArrayList<>();
    private final List<Integer> rightKeys = new ArrayList<>();
    private final List<Boolean> nullSafe = new ArrayList<>();

    JoinKeys(PlanNode left, PlanNode right) {
        this.left = left;
        this.right = right;
    }

    void add(int leftColumn, int rightColumn, boolean isNullSafe) {
        add(reference(left, leftColumn), reference(right, rightColumn), isNullSafe);
    }

    private static ColumnRef reference(PlanNode node, int column) {
        return new ColumnRef(column, node.output().get(column).type());
    }

    private void add(Expression ofLeft, Expression ofRight, boolean isNullSafe) {
        boolean alike = comparable(ofLeft.type(), ofRight.type());
        DataType common = alike ? ofLeft.type() : CommonTypes.common(ofLeft.type(), ofRight.type());
        leftKeys.add(position(alike ? ofLeft : CommonTypes.convert(ofLeft, common), left, leftExtra));
        rightKeys.add(position(alike ? ofRight : CommonTypes.convert(ofRight, common), right, rightExtra));
        nullSafe.add(isNullSafe);
    }

    private static boolean comparable(DataType a, DataType b) {
        return a.equals(b)
                || a.kind().isString() && b.kind().isString()
                || a.kind().isBinary() && b.kind().isBinary();
    }

    private static int position(Expression key, PlanNode node, List<Expression> extra) {
        if (key instanceof ColumnRef column) {
            return column.index();
        }
        int known = extra.indexOf(key);
        if (known < 0) {
            extra.add(key);
        }
        return node.output().size() + (known < 0 ? extra.size() - 1 : known);
    }

    /** Makes a condition over both sides a key if it equates an expression of one with one of the other. */
    boolean take(Expression condition) {
        boolean isNullSafe = condition instanceof Call call && call.function().equals("IS NOT DISTINCT FROM");
        if (!(condition instanceof Call equation)
                || !isNullSafe && !equation.function().equals("=")) {
            return false;
        }
        Expression first = equation.arguments().get(0);
        Expression second = equation.arguments().get(1);
        if (isOf(first, true) && isOf(second, false)) {
            add(first, moved(second), isNullSafe);
            return true;
        }
        if (isOf(first, false) && isOf(second, true)) {
            add(second, moved(first), isNullSafe);
            return true;
        }
        return false;
    }

    /** Whether only one side's columns are read, at least one of them, and the value is the same each time. */
    private boolean isOf(Expression expression, boolean ofLeft) {
        Set<Integer> columns = Expressions.columns(expression);
        return !columns.isEmpty()
                && columns.stream().allMatch(column -> column < leftCount() == ofLeft)
                && Expressions.isRepeatable(expression);
    }

    private Expression moved(Expression ofRight) {
        return Expressions.moved(ofRight, column -> column - leftCount());
    }

    int leftCount() {
        return left.output().size();
    }

    int rightCount() {
        return right.output().size();
    }

    boolean isWidened() {
        return !leftExtra.isEmpty() || !rightExtra.isEmpty();
    }

    /** The left side with its further columns. */
    PlanNode left() {
        return widened(left, leftExtra);
    }

    PlanNode right() {
        return widened(right, rightExtra);
    }

    List<Integer> leftKeys() {
        return leftKeys;
    }

    List<Integer> rightKeys() {
        return rightKeys;
    }

    List<Boolean> nullSafe() {
        return nullSafe;
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
}
