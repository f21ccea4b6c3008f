package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * An expression ready to run over batches in one execution. Compiling binds parameters, outer rows and session values and
 * refuses what has no kernel; the errors of values arise when rows are evaluated.
 *
 * <p>Confined to one thread.
 */
public final class Evaluator {
    private final Node node;

    private Evaluator(Node node) {
        this.node = node;
    }

    /**
     * Prepares an expression for one execution.
     *
     * @throws io.trellisdb.common.error.TrellisException UNKNOWN_FUNCTION or NOT_SUPPORTED, naming the function
     */
    public static Evaluator compile(Expression expression, EvaluationContext context) {
        return new Evaluator(new Compiler(context).compile(expression));
    }

    /** The value of an expression free of columns, as a vector of one row. */
    public static ColumnVector constant(Expression expression, EvaluationContext context) {
        return compile(expression, context).node.evaluate(Input.single()).dense(1);
    }

    /** The boxed value of an expression free of columns. */
    public static @Nullable Object constantValue(Expression expression, EvaluationContext context) {
        return constant(expression, context).value(0);
    }

    public DataType type() {
        return node.type();
    }

    /** Whether the value is the same for all rows. */
    public boolean isConstant() {
        return node.isConstant();
    }

    /** The value for every row of the input. */
    public ColumnVector evaluate(Batch input) {
        return node.evaluate(Input.of(input)).dense(input.rowCount());
    }

    /**
     * Finds the rows for which this condition is true.
     *
     * @param rows takes the row numbers; at least as long as the input has rows
     * @return how many rows were found
     */
    public int selectTrue(Batch input, int[] rows) {
        Operand condition = node.evaluate(Input.of(input));
        int count = 0;
        for (int row = 0; row < input.rowCount(); row++) {
            if (condition.bool(row) && !condition.isNull(row)) {
                rows[count++] = row;
            }
        }
        return count;
    }

    /** The rows for which this condition is true; the same object when that is all of them. */
    public Batch filter(Batch input) {
        int[] rows = new int[input.rowCount()];
        int count = selectTrue(input, rows);
        return count == rows.length ? input : input.select(rows, count);
    }
}
