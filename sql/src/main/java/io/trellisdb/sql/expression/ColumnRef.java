package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;

/** The value of a column of the input row. */
public record ColumnRef(int index, DataType type) implements Expression {
    @Override
    public List<Expression> arguments() {
        return List.of();
    }
}
