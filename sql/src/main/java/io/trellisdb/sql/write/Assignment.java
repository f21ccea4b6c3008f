package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.EvaluationContext;
import io.trellisdb.sql.kernel.Evaluator;
import java.util.List;

/** SET column = value; the value has the column's type. {@code column} is a position in the container's columns. */
record Assignment(int column, Expression value) {
    /**
     * The rows after the assignments.
     *
     * @param before the container's columns
     * @param input what the values read
     */
    static Batch apply(List<Assignment> assignments, Batch before, Batch input, EvaluationContext context) {
        ColumnVector[] columns = new ColumnVector[before.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = before.column(i);
        }
        for (Assignment assignment : assignments) {
            columns[assignment.column()] =
                    Evaluator.compile(assignment.value(), context).evaluate(input);
        }
        return new Batch(before.rowCount(), columns);
    }

    /** Those of the indexes that an assigned column belongs to. */
    static List<UniqueKey> touched(List<UniqueKey> indexes, List<Assignment> assignments) {
        return indexes.stream()
                .filter(index -> {
                    for (int column : index.columns()) {
                        if (assignments.stream().anyMatch(each -> each.column() == column)) {
                            return true;
                        }
                    }
                    return false;
                })
                .toList();
    }
}
