package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.syntax.ColumnDefinition;
import io.trellisdb.sql.syntax.IdentityClause;
import io.trellisdb.sql.syntax.SqlText;
import io.trellisdb.sql.write.Snippets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;

/** Makes columns of their definitions. */
final class ColumnBuilder {
    private final QueryPlanner planner;
    private final NameResolver names;
    private final EvaluationContext context;

    ColumnBuilder(QueryPlanner planner, NameResolver names, EvaluationContext context) {
        this.planner = planner;
        this.names = names;
        this.context = context;
    }

    /** @param inKey whether the column is part of the primary key, and so never NULL */
    ColumnDescriptor build(int id, ColumnDefinition definition, DataType type, boolean inKey) {
        String name = definition.name().getSimple();
        checkName(name);
        if (inKey && definition.nullability() == ColumnDefinition.Nullability.NULLABLE) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION, "column of the primary key cannot allow NULL: " + name);
        }
        IdentityDescriptor identity = definition
                .identity()
                .map(clause -> identity(clause, name, type))
                .orElse(null);
        boolean nullable =
                !inKey && identity == null && definition.nullability() != ColumnDefinition.Nullability.NOT_NULL;
        String defaultSql =
                definition.defaultValue().map(value -> defaultSql(value, type)).orElse(null);
        if (defaultSql != null && identity != null) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION, "column cannot have both a DEFAULT and an identity: " + name);
        }
        return new ColumnDescriptor(id, name, type, nullable, defaultSql, null, identity);
    }

    static void checkName(String name) {
        if (name.isEmpty() || name.startsWith("$")) {
            throw new TrellisException(
                    ErrorCode.INVALID_DEFINITION, "name must not be empty or begin with a dollar sign: " + name);
        }
    }

    private static IdentityDescriptor identity(IdentityClause clause, String name, DataType type) {
        if (!type.kind().isInteger()) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION, "identity column must be an integer: " + name + " " + type);
        }
        long start = clause.start().map(ColumnBuilder::number).orElse(1L);
        long increment = clause.increment().map(ColumnBuilder::number).orElse(1L);
        if (increment == 0) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "identity increment must not be zero: " + name);
        }
        return new IdentityDescriptor(clause.always(), start, increment);
    }

    private static long number(SqlNumericLiteral literal) {
        try {
            return literal.bigDecimalValue().longValueExact();
        } catch (ArithmeticException e) {
            throw new TrellisException(
                    ErrorCode.NUMBER_OUT_OF_RANGE, "identity needs whole numbers of 64 bits: " + literal, e);
        }
    }

    /** The text of a DEFAULT, after it was bound and, where it is constant, evaluated. */
    String defaultSql(SqlNode value, DataType type) {
        Expressions.refuseParameters(value, "DEFAULT");
        String sql = SqlText.of(value);
        defaultValue(sql, type);
        return sql;
    }

    /** What a DEFAULT gives now. */
    @Nullable
    Object defaultValue(String sql, DataType type) {
        QueryPlanner.BoundScalar bound = planner.bindScalar(
                Snippets.expression(sql), names.catalog(), names.currentDatabase(), List.of(), Optional.of(type));
        return Evaluator.constantValue(bound.expression(), context);
    }
}
