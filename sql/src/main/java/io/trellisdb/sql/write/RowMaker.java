package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.sql.session.QueryServices;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Makes rows of a container from rows of an input: parameters or a query.
 *
 * @param columns one source per column of the container
 */
record RowMaker(Target target, List<Source> columns) {
    RowMaker {
        columns = List.copyOf(columns);
    }

    /** Where a column's value comes from. */
    sealed interface Source {
        /** A value of the column's type, over the input. */
        record Computed(Expression expression) implements Source {}

        /** The next number of the identity. */
        record Identity() implements Source {}
    }

    Batch make(Batch input, EvaluationContext context, QueryServices services) {
        ColumnVector[] vectors = new ColumnVector[columns.size()];
        for (int i = 0; i < vectors.length; i++) {
            if (columns.get(i) instanceof Source.Computed computed) {
                vectors[i] = compute(computed.expression(), input, context);
            } else {
                vectors[i] = identity(i, input.rowCount(), services);
            }
        }
        return new Batch(input.rowCount(), vectors);
    }

    boolean hasIdentity() {
        return columns.stream().anyMatch(Source.Identity.class::isInstance);
    }

    private static ColumnVector compute(Expression expression, Batch input, EvaluationContext context) {
        if (expression instanceof ColumnRef column) {
            return input.column(column.index());
        }
        return Evaluator.compile(expression, context).evaluate(input);
    }

    private ColumnVector identity(int index, int rows, QueryServices services) {
        ColumnDescriptor column = target.container().columns().get(index);
        IdentityDescriptor identity = column.identity();
        if (identity == null) {
            throw new IllegalStateException("column has no identity: " + column.name());
        }
        if (rows == 0) {
            return Vectors.empty(column.type());
        }
        long first = services.reserveIdentity(target.id(), column.id(), rows);
        VectorBuilder builder = VectorBuilder.of(column.type(), rows);
        try {
            for (int row = 0; row < rows; row++) {
                long steps = Math.multiplyExact(first + row, identity.increment());
                append(builder, Math.addExact(identity.start(), steps));
            }
        } catch (ArithmeticException | TrellisException e) {
            throw new TrellisException(
                    ErrorCode.NUMBER_OUT_OF_RANGE,
                    "identity has no more values: " + target.container().name() + "." + column.name(),
                    e);
        }
        return builder.build();
    }

    private static void append(VectorBuilder builder, long value) {
        switch (builder.type().kind()) {
            case BIGINT -> builder.append(value);
            case DECIMAL -> builder.append(new BigDecimal(BigInteger.valueOf(value)));
            default -> builder.append(Math.toIntExact(value));
        }
    }
}
