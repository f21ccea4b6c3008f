package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;

/**
 * Whether a value is among constants of its own type.
 *
 * @param values boxed, without nulls
 * @param hasNull whether the list also held NULL: then a value that is not found gives NULL
 */
public record InSet(Expression argument, List<Object> values, boolean hasNull, boolean negated) implements Expression {
    public InSet {
        values = List.copyOf(values);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public List<Expression> arguments() {
        return List.of(argument);
    }
}
