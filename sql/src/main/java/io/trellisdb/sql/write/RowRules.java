package io.trellisdb.sql.write;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import java.util.List;

/** What a row alone can violate: NOT NULL, CHECK, and the size of a row. Immutable. */
final class RowRules {
    /** The most bytes of one row's values. */
    static final int ROW_BYTES_MAX = 8 << 20;

    private final Target target;
    private final List<Check> checks;

    /** A CHECK bound to the container's columns. */
    record Check(String name, Expression condition) {
        Expression violated() {
            return new Call("IS FALSE", List.of(condition), DataType.BOOLEAN);
        }
    }

    RowRules(Target target, List<Check> checks) {
        this.target = target;
        this.checks = List.copyOf(checks);
    }

    /** Fails with the first rule that a row violates; rows have the container's columns in order. */
    void check(Batch rows, EvaluationContext context) {
        checkNulls(rows);
        checkSizes(rows);
        for (Check check : checks) {
            int[] violating = new int[rows.rowCount()];
            if (Evaluator.compile(check.violated(), context).selectTrue(rows, violating) > 0) {
                throw new TrellisException(
                        ErrorCode.CHECK_VIOLATION,
                        "row violates check constraint: " + check.name() + " of "
                                + target.container().name() + ", row " + rows.row(violating[0]));
            }
        }
    }

    private void checkNulls(Batch rows) {
        List<ColumnDescriptor> columns = target.container().columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).nullable() || !rows.column(i).mayHaveNulls()) {
                continue;
            }
            for (int row = 0; row < rows.rowCount(); row++) {
                if (rows.column(i).isNull(row)) {
                    throw new TrellisException(
                            ErrorCode.NOT_NULL_VIOLATION,
                            "column does not allow NULL: " + target.container().name() + "."
                                    + columns.get(i).name());
                }
            }
        }
    }

    private void checkSizes(Batch rows) {
        if (rows.sizeBytes() <= ROW_BYTES_MAX) {
            return;
        }
        for (int row = 0; row < rows.rowCount(); row++) {
            long size = 0;
            for (int i = 0; i < rows.columnCount(); i++) {
                size += size(rows.column(i), row);
            }
            if (size > ROW_BYTES_MAX) {
                throw new TrellisException(
                        ErrorCode.LIMIT_EXCEEDED, "row is too large: " + size + " bytes, at most " + ROW_BYTES_MAX);
            }
        }
    }

    private static long size(ColumnVector vector, int row) {
        if (vector instanceof BytesVector bytes) {
            return bytes.length(row);
        }
        if (vector instanceof ArrayVector array) {
            long size = 0;
            for (int i = array.offsets()[row]; i < array.offsets()[row + 1]; i++) {
                size += size(array.elements(), i);
            }
            return size;
        }
        return Long.BYTES;
    }
}
