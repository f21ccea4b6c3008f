package io.trellisdb.sql.access;

import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Case;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.InSet;
import io.trellisdb.sql.expression.Parameter;
import java.util.List;
import java.util.function.UnaryOperator;

/** Replaces the leaves of expressions. */
public final class ExpressionRewrite {
    private ExpressionRewrite() {}

    /** The expression with every leaf (column, parameter, literal, …) replaced by what {@code leaf} makes of it. */
    public static Expression leaves(Expression expression, UnaryOperator<Expression> leaf) {
        if (expression instanceof Call call) {
            return new Call(call.function(), all(call.arguments(), leaf), call.type());
        }
        if (expression instanceof Cast cast) {
            return new Cast(leaves(cast.argument(), leaf), cast.type(), cast.assignment());
        }
        if (expression instanceof Case branches) {
            List<Case.Branch> replaced = branches.branches().stream()
                    .map(branch -> new Case.Branch(leaves(branch.condition(), leaf), leaves(branch.value(), leaf)))
                    .toList();
            return new Case(replaced, leaves(branches.otherwise(), leaf), branches.type());
        }
        if (expression instanceof InSet set) {
            return new InSet(leaves(set.argument(), leaf), set.values(), set.hasNull(), set.negated());
        }
        return leaf.apply(expression);
    }

    public static List<Expression> all(List<Expression> expressions, UnaryOperator<Expression> leaf) {
        return expressions.stream().map(each -> leaves(each, leaf)).toList();
    }

    /** Columns replaced by the expressions at their positions. */
    public static Expression substitute(Expression expression, List<Expression> columns) {
        return leaves(expression, each -> each instanceof ColumnRef column ? columns.get(column.index()) : each);
    }

    /** Parameters replaced by columns: parameter i is column {@code firstColumn + i}. */
    public static Expression parametersAsColumns(Expression expression, int firstColumn) {
        return leaves(
                expression,
                each -> each instanceof Parameter parameter
                        ? new ColumnRef(firstColumn + parameter.index(), parameter.type())
                        : each);
    }
}
