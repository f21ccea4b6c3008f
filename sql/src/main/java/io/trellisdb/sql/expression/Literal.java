package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A constant: the boxed value that {@code common.batch} documents for its type, or null. */
public record Literal(@Nullable Object value, DataType type) implements Expression {
    @Override
    public List<Expression> arguments() {
        return List.of();
    }
}
