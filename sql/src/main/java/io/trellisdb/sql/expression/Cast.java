package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;

/**
 * A conversion.
 *
 * @param assignment true for values stored into a column: too long a string is an error instead of being cut
 */
public record Cast(Expression argument, DataType type, boolean assignment) implements Expression {
    @Override
    public List<Expression> arguments() {
        return List.of(argument);
    }
}
