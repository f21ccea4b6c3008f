package io.trellisdb.jdbc;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.jdbc.wire.LocalRows;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.RowSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a result of {@code DatabaseMetaData} row by row. Confined to one thread. */
final class MetaRows {
    private final List<ColumnMetadata> columns = new ArrayList<>();
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /** Names of columns, VARCHAR each; {@code #} at the end makes an INTEGER, {@code ?} a BOOLEAN. */
    MetaRows(String... names) {
        for (String name : names) {
            char last = name.charAt(name.length() - 1);
            DataType type = last == '#' ? DataType.INTEGER : last == '?' ? DataType.BOOLEAN : DataType.VARCHAR;
            String label = type.equals(DataType.VARCHAR) ? name : name.substring(0, name.length() - 1);
            columns.add(ColumnMetadata.ofExpression(label, type));
        }
    }

    MetaRows add(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        rows.add(values);
        return this;
    }

    /** Orders the rows by these columns, from 0; NULL comes first. */
    MetaRows sortBy(int... positions) {
        rows.sort((a, b) -> compare(a, b, positions));
        return this;
    }

    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Object[] left, @Nullable Object[] right, int[] positions) {
        Comparator<@Nullable Comparable<Object>> order = Comparator.nullsFirst(Comparator.naturalOrder());
        for (int position : positions) {
            int result = order.compare((Comparable<Object>) left[position], (Comparable<Object>) right[position]);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    ResultSet toResultSet(TrellisConnection connection) throws SQLException {
        List<DataType> types = columns.stream().map(ColumnMetadata::type).toList();
        BatchBuilder builder = new BatchBuilder(types, rows.size());
        List<Batch> batches = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            if (builder.isFull()) {
                batches.add(builder.build());
            }
            builder.appendRow(row);
        }
        batches.add(builder.build());
        return connection.resultSet(new LocalRows(new RowSet(columns, batches)), null, 0);
    }
}
