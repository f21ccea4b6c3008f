package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.sql.aggregate.RowSort.RowOrder;
import io.trellisdb.sql.kernel.ValueOrder;
import io.trellisdb.sql.plan.SortKey;
import java.util.List;

/** Comparisons of rows by sort keys. */
final class RowOrders {
    private RowOrders() {}

    /** The order of rows within whole columns. */
    static RowOrder of(ColumnVector[] columns, List<SortKey> keys) {
        RowOrder[] orders = new RowOrder[keys.size()];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = of(columns[keys.get(i).column()], keys.get(i));
        }
        if (orders.length == 1) {
            return orders[0];
        }
        return (a, b) -> {
            for (RowOrder order : orders) {
                int result = order.compare(a, b);
                if (result != 0) {
                    return result;
                }
            }
            return 0;
        };
    }

    private static RowOrder of(ColumnVector column, SortKey key) {
        int sign = key.descending() ? -1 : 1;
        RowOrder values = values(column);
        if (!column.mayHaveNulls()) {
            return sign == 1 ? values : (a, b) -> values.compare(b, a);
        }
        int nullFirst = key.nullsFirst() ? -1 : 1;
        return (a, b) -> {
            boolean leftNull = column.isNull(a);
            boolean rightNull = column.isNull(b);
            if (leftNull || rightNull) {
                return leftNull == rightNull ? 0 : leftNull ? nullFirst : -nullFirst;
            }
            return sign * values.compare(a, b);
        };
    }

    private static RowOrder values(ColumnVector column) {
        if (column instanceof LongVector vector) {
            long[] values = vector.values();
            return (a, b) -> Long.compare(values[a], values[b]);
        }
        if (column instanceof IntVector vector) {
            int[] values = vector.values();
            return (a, b) -> Integer.compare(values[a], values[b]);
        }
        if (column instanceof DoubleVector vector) {
            double[] values = vector.values();
            return (a, b) -> ValueOrder.compare(values[a], values[b]);
        }
        return (a, b) -> Integer.signum(ValueOrder.compare(column, a, column, b));
    }

    /** Compares rows of two batches. */
    static int compare(Batch a, int i, Batch b, int j, List<SortKey> keys) {
        for (SortKey key : keys) {
            int result = compare(a.column(key.column()), i, b.column(key.column()), j, key);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    /** Compares two values in a key's direction. */
    static int compare(ColumnVector a, int i, ColumnVector b, int j, SortKey key) {
        boolean leftNull = a.isNull(i);
        boolean rightNull = b.isNull(j);
        if (leftNull || rightNull) {
            return leftNull == rightNull ? 0 : leftNull == key.nullsFirst() ? -1 : 1;
        }
        int result = Integer.signum(ValueOrder.compare(a, i, b, j));
        return key.descending() ? -result : result;
    }
}
