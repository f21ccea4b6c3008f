package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.syntax.VerifyStatement;
import io.trellisdb.storage.BatchCursor;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Plans VERIFY: a row for each problem of a partition, and one row without a problem for a partition that has none. One
 * partition is looked at for each batch of the result, so that it can be cancelled.
 */
final class VerifyPlanner {
    private static final List<ResultColumn> COLUMNS = List.of(
            new ResultColumn("partition", "partition", DataType.INTEGER, false, false, "", ""),
            new ResultColumn("status", "status", DataType.VARCHAR, false, false, "", ""),
            new ResultColumn("problem", "problem", DataType.VARCHAR, true, false, "", ""));

    private VerifyPlanner() {}

    static PlannedStatement plan(VerifyStatement verify) {
        Optional<SqlNode> partition = verify.partition();
        if (partition.isEmpty()) {
            return SessionStatement.rows(COLUMNS, execution -> {
                int count = execution.services().partitionTable().partitionCount();
                return rows(execution, IntStream.range(0, count).iterator());
            });
        }
        if (partition.get() instanceof SqlDynamicParam) {
            return new SessionStatement(
                    StatementKind.QUERY, List.of(DataType.INTEGER), COLUMNS, Optional.empty(), execution -> {
                        execution.requireOneRow();
                        Object number = execution.rows().get(0).column(0).value(0);
                        return one(execution, String.valueOf(number));
                    });
        }
        String number = SessionPlanner.text(partition.get());
        return SessionStatement.rows(COLUMNS, execution -> one(execution, number));
    }

    private static ExecutionResult one(Execution execution, String text) {
        int count = execution.services().partitionTable().partitionCount();
        int partition;
        try {
            partition = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "partition is not a whole number: " + text, e);
        }
        if (partition < 0 || partition >= count) {
            throw new TrellisException(
                    ErrorCode.INVALID_PARAMETER,
                    "partition does not exist: " + partition + ", there are 0 to " + (count - 1));
        }
        return rows(execution, List.of(partition).iterator());
    }

    private static ExecutionResult.Rows rows(Execution execution, Iterator<Integer> partitions) {
        return new ExecutionResult.Rows(COLUMNS, new BatchCursor() {
            @Override
            public @Nullable Batch next() {
                execution.context().checkActive();
                return partitions.hasNext() ? verify(execution, partitions.next()) : null;
            }

            @Override
            public void close() {
                while (partitions.hasNext()) {
                    partitions.next();
                }
            }
        });
    }

    private static Batch verify(Execution execution, int partition) {
        List<String> problems = execution.services().verify(partition);
        BatchBuilder rows = new BatchBuilder(
                COLUMNS.stream().map(ResultColumn::type).toList(), Math.min(Batch.MAX_ROWS, problems.size() + 1));
        if (problems.isEmpty()) {
            rows.appendRow(partition, "ok", null);
        }
        for (String problem : problems) {
            if (!rows.isFull()) {
                rows.appendRow(partition, "damaged", problem);
            }
        }
        return rows.build();
    }
}
