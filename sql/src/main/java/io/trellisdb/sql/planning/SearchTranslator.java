package io.trellisdb.sql.planning;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.InSet;
import io.trellisdb.sql.expression.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.util.Sarg;

/** A search argument (IN, BETWEEN and their unions) as a set, as ranges, or both. */
final class SearchTranslator {
    private SearchTranslator() {}

    static Expression translate(Expression argument, RexLiteral search) {
        Sarg<?> sarg = Objects.requireNonNull(search.getValueAs(Sarg.class), "search argument");
        DataType type = TypeMapping.toTrellis(search.getType());
        Expression condition = condition(argument, sarg, type);
        if (sarg.nullAs == RexUnknownAs.TRUE) {
            return call("OR", List.of(call("IS NULL", List.of(argument)), condition));
        }
        if (sarg.nullAs == RexUnknownAs.FALSE) {
            return call("AND", List.of(call("IS NOT NULL", List.of(argument)), condition));
        }
        return condition;
    }

    private static Expression condition(Expression argument, Sarg<?> sarg, DataType type) {
        if (sarg.isAll() || sarg.isNone()) {
            return constant(argument, sarg.isAll());
        }
        if (sarg.isComplementedPoints()) {
            return points(argument, sarg.negate(), type, true);
        }
        List<Expression> alternatives = new ArrayList<>();
        if (sarg.isPoints()) {
            return points(argument, sarg, type, false);
        }
        List<Literal> single = new ArrayList<>();
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            if (isPoint(range)) {
                single.add(Literals.of(range.lowerEndpoint(), type));
            } else {
                alternatives.add(range(argument, range, type));
            }
        }
        if (!single.isEmpty()) {
            alternatives.add(set(argument, single, false));
        }
        return alternatives.size() == 1 ? alternatives.get(0) : call("OR", alternatives);
    }

    /** TRUE or FALSE for every value, NULL for NULL. */
    private static Expression constant(Expression argument, boolean value) {
        Expression known = call(value ? "IS NOT NULL" : "IS NULL", List.of(argument));
        Expression unknown = new Literal(null, DataType.BOOLEAN);
        return value ? call("OR", List.of(known, unknown)) : call("AND", List.of(known, unknown));
    }

    private static boolean isPoint(Range<?> range) {
        return range.hasLowerBound()
                && range.hasUpperBound()
                && range.lowerEndpoint().equals(range.upperEndpoint());
    }

    private static Expression points(Expression argument, Sarg<?> sarg, DataType type, boolean negated) {
        List<Literal> values = new ArrayList<>();
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            values.add(Literals.of(range.lowerEndpoint(), type));
        }
        return set(argument, values, negated);
    }

    private static Expression set(Expression argument, List<Literal> values, boolean negated) {
        if (values.size() == 1) {
            return call(negated ? "<>" : "=", CommonTypes.unify(argument, values.get(0)));
        }
        Expression narrow = CommonTypes.withoutWidening(argument);
        Optional<List<Object>> own = allExactly(values, narrow.type());
        if (own.isPresent()) {
            return new InSet(narrow, own.get(), false, negated);
        }
        DataType common = CommonTypes.common(argument.type(), values.get(0).type());
        List<Object> converted = allExactly(values, common).orElseGet(() -> values.stream()
                .<Object>map(value -> Objects.requireNonNull(value.value()))
                .toList());
        return new InSet(CommonTypes.convert(argument, common), converted, false, negated);
    }

    private static Optional<List<Object>> allExactly(List<Literal> values, DataType type) {
        List<Object> converted = new ArrayList<>(values.size());
        for (Literal value : values) {
            Optional<Literal> exact = Literals.exactly(value, type);
            if (exact.isEmpty()) {
                return Optional.empty();
            }
            converted.add(Objects.requireNonNull(exact.get().value()));
        }
        return Optional.of(converted);
    }

    private static Expression range(Expression argument, Range<?> range, DataType type) {
        List<Expression> bounds = new ArrayList<>();
        if (range.hasLowerBound()) {
            String operator = range.lowerBoundType() == BoundType.CLOSED ? ">=" : ">";
            bounds.add(call(operator, CommonTypes.unify(argument, Literals.of(range.lowerEndpoint(), type))));
        }
        if (range.hasUpperBound()) {
            String operator = range.upperBoundType() == BoundType.CLOSED ? "<=" : "<";
            bounds.add(call(operator, CommonTypes.unify(argument, Literals.of(range.upperEndpoint(), type))));
        }
        return bounds.size() == 1 ? bounds.get(0) : call("AND", bounds);
    }

    private static Expression call(String function, List<Expression> arguments) {
        return new Call(function, arguments, DataType.BOOLEAN);
    }
}
