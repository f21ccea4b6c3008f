package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;

/** A column of the current outer row of the enclosing {@code Correlate} with this id. */
public record OuterRef(int correlationId, int index, DataType type) implements Expression {
    @Override
    public List<Expression> arguments() {
        return List.of();
    }
}
