package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;

/** A statement parameter, counted from 0; its value has this type when the plan runs. */
public record Parameter(int index, DataType type) implements Expression {
    @Override
    public List<Expression> arguments() {
        return List.of();
    }
}
