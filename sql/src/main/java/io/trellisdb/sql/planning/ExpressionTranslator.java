package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Case;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.expression.OuterRef;
import io.trellisdb.sql.expression.Parameter;
import io.trellisdb.sql.plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Makes our expressions of Calcite's. Every conversion becomes a Cast here: comparisons get arguments of one type, arithmetic
 * gets arguments of its result's family, branches get the result's type.
 */
final class ExpressionTranslator {
    private final List<OutputColumn> input;
    private final Correlations outer;
    private final CallTranslator calls = new CallTranslator(this);

    ExpressionTranslator(List<OutputColumn> input, Correlations outer) {
        this.input = input;
        this.outer = outer;
    }

    List<Expression> translateAll(List<? extends RexNode> nodes) {
        List<Expression> result = new ArrayList<>(nodes.size());
        for (RexNode node : nodes) {
            result.add(translate(node));
        }
        return result;
    }

    Expression translate(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return new ColumnRef(
                    reference.getIndex(), input.get(reference.getIndex()).type());
        }
        if (node instanceof RexLiteral literal) {
            return Literals.of(literal);
        }
        if (node instanceof RexDynamicParam parameter) {
            return new Parameter(parameter.getIndex(), TypeMapping.toTrellis(parameter.getType()));
        }
        if (node instanceof RexFieldAccess access && access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            return outer(variable.id.getId(), access.getField().getIndex());
        }
        if (node instanceof RexSubQuery) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "subquery is not supported in this place");
        }
        if (node instanceof RexOver) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "window function is not supported in this place");
        }
        if (node instanceof RexCall call) {
            return call(call);
        }
        throw new TrellisException(ErrorCode.NOT_SUPPORTED, "expression is not supported: " + node);
    }

    private Expression outer(int id, int index) {
        List<OutputColumn> columns = outer.rows().get(id);
        if (columns == null) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "reference to an outer query is not supported here");
        }
        return new OuterRef(id, index, columns.get(index).type());
    }

    private Expression call(RexCall call) {
        return switch (call.getKind()) {
            case AND, OR -> logic(call);
            case NOT -> not(call);
            case CASE -> caseOf(call);
            case CAST -> cast(call);
            case COALESCE -> coalesce(call);
            case SEARCH ->
                SearchTranslator.translate(translate(call.getOperands().get(0)), (RexLiteral)
                        call.getOperands().get(1));
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                compare(call.getKind().sql, call);
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
                compare(call.getOperator().getName(), call);
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
                predicate(call.getOperator().getName(), translateAll(call.getOperands()));
            case IS_UNKNOWN -> predicate("IS NULL", translateAll(call.getOperands()));
            default -> calls.translate(call);
        };
    }

    static Expression predicate(String function, List<Expression> arguments) {
        return new Call(function, arguments, DataType.BOOLEAN);
    }

    /** AND or OR with nested calls of the same kind opened up, without recursion along a chain. */
    private Expression logic(RexCall call) {
        List<Expression> arguments = new ArrayList<>();
        List<RexNode> waiting = new ArrayList<>(call.getOperands());
        java.util.Collections.reverse(waiting);
        while (!waiting.isEmpty()) {
            RexNode next = waiting.remove(waiting.size() - 1);
            if (next instanceof RexCall nested && nested.getKind() == call.getKind()) {
                for (int i = nested.getOperands().size() - 1; i >= 0; i--) {
                    waiting.add(nested.getOperands().get(i));
                }
            } else {
                arguments.add(bool(translate(next)));
            }
        }
        return predicate(call.getKind() == SqlKind.AND ? "AND" : "OR", arguments);
    }

    private static Expression bool(Expression expression) {
        return CommonTypes.convert(expression, DataType.BOOLEAN);
    }

    private Expression not(RexCall call) {
        return predicate("NOT", List.of(bool(translate(call.getOperands().get(0)))));
    }

    private Expression compare(String function, RexCall call) {
        return predicate(
                function,
                CommonTypes.unify(
                        translate(call.getOperands().get(0)),
                        translate(call.getOperands().get(1))));
    }

    private Expression caseOf(RexCall call) {
        DataType type = TypeMapping.toTrellis(call.getType());
        List<RexNode> operands = call.getOperands();
        List<Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            branches.add(new Case.Branch(
                    bool(translate(operands.get(i))), CommonTypes.convert(translate(operands.get(i + 1)), type)));
        }
        Expression otherwise = CommonTypes.convert(translate(operands.get(operands.size() - 1)), type);
        return new Case(branches, otherwise, type);
    }

    private Expression coalesce(RexCall call) {
        DataType type = TypeMapping.toTrellis(call.getType());
        return new Call(
                "COALESCE",
                call.getOperands().stream()
                        .map(operand -> CommonTypes.convert(translate(operand), type))
                        .toList(),
                type);
    }

    private Expression cast(RexCall call) {
        Expression argument = translate(call.getOperands().get(0));
        DataType type = TypeMapping.toTrellis(call.getType());
        if (argument.type().equals(type) || CommonTypes.sameValues(argument.type(), type)) {
            return argument;
        }
        if (argument instanceof Literal literal && literal.value() == null) {
            return new Literal(null, type);
        }
        if (argument instanceof Parameter parameter && parameter.type().kind() == TypeKind.NULL) {
            return new Parameter(parameter.index(), type);
        }
        return new Cast(argument, type, false);
    }
}
