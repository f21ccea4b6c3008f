package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** CASE: the value of the first branch whose condition is true; later branches are not evaluated for that row. */
public record Case(List<Branch> branches, Expression otherwise, DataType type) implements Expression {
    /** WHEN condition THEN value. */
    public record Branch(Expression condition, Expression value) {}

    public Case {
        branches = List.copyOf(branches);
    }

    @Override
    public List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        for (Branch branch : branches) {
            arguments.add(branch.condition());
            arguments.add(branch.value());
        }
        arguments.add(otherwise);
        return arguments;
    }
}
