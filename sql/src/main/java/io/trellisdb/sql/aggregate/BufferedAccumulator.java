package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.kernel.ValueOrder;
import io.trellisdb.sql.plan.SortKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of each group, so that a function of the whole ordered group can be computed at the end. */
final class BufferedAccumulator extends Accumulator {
    /** Computes the result of one group from its rows, in order. */
    @FunctionalInterface
    interface Finisher {
        void append(ColumnVector[] columns, int[] rows, VectorBuilder out);
    }

    private final VectorBuilder[] builders;
    /** Which column must not be NULL for a row to be kept, or −1. */
    private final int required;
    /** The order of the columns at these positions. */
    private final List<SortKey> order;

    private final Finisher finisher;
    private int[] groupOfRow = new int[16];
    private int rowCount;
    private int groupCount;
    private long valueBytes;
    private ColumnVector @Nullable [] columns;
    private int[] sortedRows = {};
    private int[] groupStarts = {};

    BufferedAccumulator(List<DataType> types, int required, List<SortKey> order, Finisher finisher) {
        this.builders = new VectorBuilder[types.size()];
        for (int i = 0; i < builders.length; i++) {
            builders[i] = VectorBuilder.of(types.get(i), 16);
        }
        this.required = required;
        this.order = order;
        this.finisher = finisher;
    }

    @Override
    public void resize(int groups) {
        groupCount = Math.max(groupCount, groups);
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        if (columns != null) {
            throw new IllegalStateException("rows come after a result was read");
        }
        for (int k = 0; k < count; k++) {
            int row = rows[k];
            if (required >= 0 && arguments[required].isNull(row)) {
                continue;
            }
            if (rowCount == groupOfRow.length) {
                groupOfRow = Arrays.copyOf(groupOfRow, grown(groupOfRow.length, rowCount + 1));
            }
            groupOfRow[rowCount++] = groups[row];
            for (int i = 0; i < builders.length; i++) {
                builders[i].appendFrom(arguments[i], row);
                valueBytes += arguments[i] instanceof BytesVector text ? 4 + text.length(row) : 8;
            }
        }
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        ColumnVector[] ready = columns == null ? finish() : columns;
        int[] rows = Arrays.copyOfRange(sortedRows, groupStarts[group], groupStarts[group + 1]);
        finisher.append(ready, rows, out);
    }

    private ColumnVector[] finish() {
        ColumnVector[] built = new ColumnVector[builders.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = builders[i].build();
        }
        groupStarts = new int[groupCount + 1];
        for (int row = 0; row < rowCount; row++) {
            groupStarts[groupOfRow[row] + 1]++;
        }
        for (int group = 0; group < groupCount; group++) {
            groupStarts[group + 1] += groupStarts[group];
        }
        int[] next = groupStarts.clone();
        sortedRows = new int[rowCount];
        for (int row = 0; row < rowCount; row++) {
            sortedRows[next[groupOfRow[row]]++] = row;
        }
        if (!order.isEmpty()) {
            for (int group = 0; group < groupCount; group++) {
                RowSort.sort(sortedRows, groupStarts[group], groupStarts[group + 1], (a, b) -> compare(built, a, b));
            }
        }
        columns = built;
        return built;
    }

    private int compare(ColumnVector[] built, int a, int b) {
        for (SortKey key : order) {
            int result = compare(built[key.column()], key, a, b);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    static int compare(ColumnVector column, SortKey key, int a, int b) {
        boolean leftNull = column.isNull(a);
        boolean rightNull = column.isNull(b);
        if (leftNull || rightNull) {
            return leftNull == rightNull ? 0 : leftNull == key.nullsFirst() ? -1 : 1;
        }
        int result = ValueOrder.compare(column, a, column, b);
        return key.descending() ? -result : result;
    }

    @Override
    public boolean isIncremental() {
        return false;
    }

    @Override
    public long sizeBytes() {
        return valueBytes + 8L * groupOfRow.length;
    }
}
