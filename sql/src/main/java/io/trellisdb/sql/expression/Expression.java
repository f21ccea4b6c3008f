package io.trellisdb.sql.expression;

import io.trellisdb.common.type.DataType;
import java.util.List;

/** A scalar expression over one input row, the statement's parameters and perhaps an outer row. */
public sealed interface Expression
        permits ColumnRef, Literal, Parameter, OuterRef, Call, Cast, Case, InSet, SessionValue {
    DataType type();

    /** The direct arguments. */
    List<Expression> arguments();
}
