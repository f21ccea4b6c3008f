package io.trellisdb.jdbc;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.ColumnMetadata.Nullability;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.message.Routing;
import io.trellisdb.protocol.message.StatementKind;
import java.util.List;

/** Answers that tests script. */
final class Replies {
    static final List<ColumnMetadata> NUMBERS =
            List.of(new ColumnMetadata("n", DataType.INTEGER, Nullability.NO_NULLS, "public", "numbers", "n", false));

    private Replies() {}

    static Batch numbers(int from, int to) {
        BatchBuilder builder = new BatchBuilder(List.of(DataType.INTEGER), to - from);
        for (int i = from; i < to; i++) {
            builder.appendRow(i);
        }
        return builder.build();
    }

    /** All numbers of a range in one frame. */
    static RowBatch allNumbers(int from, int to) {
        return new RowBatch(0, Progress.LAST, NUMBERS, numbers(from, to));
    }

    static Response rows(List<ColumnMetadata> columns, List<DataType> types, Object[]... rows) {
        BatchBuilder builder = new BatchBuilder(types, rows.length);
        for (Object[] row : rows) {
            builder.appendRow(row);
        }
        return new RowBatch(0, Progress.LAST, columns, builder.build());
    }

    static Response count(long updateCount) {
        return new Response.Complete(StatementKind.WRITE, updateCount, null);
    }

    static Response preparedQuery(DataType... parameters) {
        return new Response.Prepared(
                1, StatementKind.QUERY, false, List.of(parameters), NUMBERS, new Routing.Anywhere());
    }

    static Response preparedWrite(boolean atomic, DataType... parameters) {
        return new Response.Prepared(
                2, StatementKind.WRITE, atomic, List.of(parameters), List.of(), new Routing.Anywhere());
    }
}
