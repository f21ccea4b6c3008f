package io.trellisdb.sql;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.planning.QueryColumn;
import io.trellisdb.storage.BatchCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that are in memory already. */
final class Columns {
    private Columns() {}

    static List<ResultColumn> of(List<QueryColumn> columns) {
        return columns.stream()
                .map(column -> new ResultColumn(
                        column.label(),
                        column.name(),
                        column.type(),
                        column.nullable(),
                        column.identity(),
                        column.table(),
                        column.database()))
                .toList();
    }

    /** Columns of text that come from no table. */
    static List<ResultColumn> text(String... labels) {
        List<ResultColumn> columns = new ArrayList<>();
        for (String label : labels) {
            columns.add(new ResultColumn(label, label, DataType.VARCHAR, false, false, "", ""));
        }
        return columns;
    }

    static ExecutionResult.Rows textRows(List<ResultColumn> columns, List<List<String>> rows) {
        BatchBuilder builder =
                new BatchBuilder(columns.stream().map(ResultColumn::type).toList(), rows.size());
        List<Batch> batches = new ArrayList<>();
        for (List<String> row : rows) {
            builder.appendRow(row.toArray());
            if (builder.isFull()) {
                batches.add(builder.build());
            }
        }
        if (!builder.isEmpty()) {
            batches.add(builder.build());
        }
        return new ExecutionResult.Rows(columns, cursor(batches));
    }

    static BatchCursor cursor(List<Batch> batches) {
        Deque<Batch> left = new ArrayDeque<>(batches);
        return new BatchCursor() {
            @Override
            public @Nullable Batch next() {
                Batch next = left.poll();
                while (next != null && next.rowCount() == 0) {
                    next = left.poll();
                }
                return next;
            }

            @Override
            public void close() {
                left.clear();
            }
        };
    }
}
