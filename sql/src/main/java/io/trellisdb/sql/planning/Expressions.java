package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Case;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.InSet;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.expression.OuterRef;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.expression.SessionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/** Questions about expressions and changes of their columns. */
final class Expressions {
    private Expressions() {}

    /** The parts of a condition that must all be true. */
    static List<Expression> conjuncts(Expression condition) {
        List<Expression> parts = new ArrayList<>();
        List<Expression> waiting = new ArrayList<>(List.of(condition));
        while (!waiting.isEmpty()) {
            Expression next = waiting.remove(waiting.size() - 1);
            if (next instanceof Call call && call.function().equals("AND")) {
                for (int i = call.arguments().size() - 1; i >= 0; i--) {
                    waiting.add(call.arguments().get(i));
                }
            } else {
                parts.add(next);
            }
        }
        return parts;
    }

    static Optional<Expression> and(List<Expression> parts) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parts.size() == 1 ? parts.get(0) : new Call("AND", parts, DataType.BOOLEAN));
    }

    static Set<Integer> columns(Expression expression) {
        Set<Integer> found = new TreeSet<>();
        collect(expression, found);
        return found;
    }

    private static void collect(Expression expression, Set<Integer> found) {
        if (expression instanceof ColumnRef column) {
            found.add(column.index());
        }
        for (Expression argument : expression.arguments()) {
            collect(argument, found);
        }
    }

    /** Whether the value is the same for every row and every evaluation within one execution. */
    static boolean isFixed(Expression expression) {
        if (expression instanceof ColumnRef
                || expression instanceof Call call && FunctionNames.isVolatile(call.function())) {
            return false;
        }
        return expression.arguments().stream().allMatch(Expressions::isFixed);
    }

    /** Whether evaluating it again gives the same value. */
    static boolean isRepeatable(Expression expression) {
        boolean again = !(expression instanceof Call call && FunctionNames.isVolatile(call.function()));
        return again && expression.arguments().stream().allMatch(Expressions::isRepeatable);
    }

    /** The expression over moved columns. */
    static Expression moved(Expression expression, IntUnaryOperator move) {
        if (expression instanceof ColumnRef column) {
            return new ColumnRef(move.applyAsInt(column.index()), column.type());
        }
        if (expression instanceof Literal
                || expression instanceof Parameter
                || expression instanceof OuterRef
                || expression instanceof SessionValue) {
            return expression;
        }
        if (expression instanceof Call call) {
            return new Call(call.function(), movedAll(call.arguments(), move), call.type());
        }
        if (expression instanceof Cast cast) {
            return new Cast(moved(cast.argument(), move), cast.type(), cast.assignment());
        }
        if (expression instanceof InSet set) {
            return new InSet(moved(set.argument(), move), set.values(), set.hasNull(), set.negated());
        }
        Case choice = (Case) expression;
        return new Case(
                choice.branches().stream()
                        .map(branch -> new Case.Branch(moved(branch.condition(), move), moved(branch.value(), move)))
                        .toList(),
                moved(choice.otherwise(), move),
                choice.type());
    }

    private static List<Expression> movedAll(List<Expression> expressions, IntUnaryOperator move) {
        return expressions.stream().map(expression -> moved(expression, move)).toList();
    }
}
