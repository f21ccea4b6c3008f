package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;

/** A value that the session or the statement's start fixes: the same for all rows of one execution. */
public record SessionValue(Kind kind, DataType type) implements Expression {
    /** What is asked; the moments are those of the statement's start. */
    public enum Kind {
        CURRENT_TIMESTAMP,
        LOCAL_TIMESTAMP,
        CURRENT_DATE,
        LOCAL_TIME,
        CURRENT_USER,
        SESSION_USER,
        CURRENT_SCHEMA,
        CURRENT_CATALOG
    }

    @Override
    public List<Expression> arguments() {
        return List.of();
    }
}
