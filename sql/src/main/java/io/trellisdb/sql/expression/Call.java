package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;

/** An operator or function applied to arguments; names are those of the package documentation. */
public record Call(String function, List<Expression> arguments, DataType type) implements Expression {
    public Call {
        arguments = List.copyOf(arguments);
    }
}
