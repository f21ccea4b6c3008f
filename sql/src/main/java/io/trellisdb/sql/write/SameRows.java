package io.trellisdb.sql.write;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import java.util.Arrays;
import java.util.Objects;

/** Whether rows are the same, bit by bit. */
final class SameRows {
    private SameRows() {}

    static boolean same(Batch a, Batch b) {
        if (a.rowCount() != b.rowCount() || a.columnCount() != b.columnCount()) {
            return false;
        }
        for (int i = 0; i < a.columnCount(); i++) {
            if (!same(a.column(i), b.column(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(ColumnVector a, ColumnVector b) {
        int size = a.size();
        if (a.mayHaveNulls() || b.mayHaveNulls()) {
            for (int row = 0; row < size; row++) {
                if (a.isNull(row) != b.isNull(row)) {
                    return false;
                }
            }
        }
        if (a instanceof IntVector x && b instanceof IntVector y) {
            return Arrays.equals(x.values(), 0, size, y.values(), 0, size);
        }
        if (a instanceof LongVector x && b instanceof LongVector y) {
            return Arrays.equals(x.values(), 0, size, y.values(), 0, size);
        }
        if (a instanceof DoubleVector x && b instanceof DoubleVector y) {
            for (int row = 0; row < size; row++) {
                if (Double.doubleToRawLongBits(x.get(row)) != Double.doubleToRawLongBits(y.get(row))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof BytesVector x && b instanceof BytesVector y) {
            return sameBytes(x, y);
        }
        if (a instanceof Int128Vector x && b instanceof Int128Vector y) {
            for (int row = 0; row < size; row++) {
                if (x.high(row) != y.high(row) || x.low(row) != y.low(row)) {
                    return false;
                }
            }
            return true;
        }
        return a instanceof ArrayVector && b instanceof ArrayVector && sameValues(a, b);
    }

    private static boolean sameBytes(BytesVector a, BytesVector b) {
        for (int row = 0; row < a.size(); row++) {
            int aFrom = a.offset(row);
            int bFrom = b.offset(row);
            boolean same =
                    Arrays.equals(a.bytes(), aFrom, aFrom + a.length(row), b.bytes(), bFrom, bFrom + b.length(row));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameValues(ColumnVector a, ColumnVector b) {
        for (int row = 0; row < a.size(); row++) {
            if (!Objects.deepEquals(a.value(row), b.value(row))) {
                return false;
            }
        }
        return true;
    }
}
