package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.type.TypeKind;
import java.util.Arrays;

/** The order of values: strings and binary by unsigned bytes, NaN equal to itself and greatest, −0.0 equal to 0.0. */
public final class ValueOrder {
    private ValueOrder() {}

    /** Compares two values that are not NULL, of the same type. */
    public static int compare(ColumnVector a, int i, ColumnVector b, int j) {
        if (a instanceof LongVector left) {
            return Long.compare(left.get(i), ((LongVector) b).get(j));
        }
        if (a instanceof IntVector left) {
            return Integer.compare(left.get(i), ((IntVector) b).get(j));
        }
        if (a instanceof DoubleVector left) {
            return compare(left.get(i), ((DoubleVector) b).get(j));
        }
        if (a instanceof BytesVector left) {
            BytesVector right = (BytesVector) b;
            return Arrays.compareUnsigned(
                    left.bytes(),
                    left.offset(i),
                    left.offset(i + 1),
                    right.bytes(),
                    right.offset(j),
                    right.offset(j + 1));
        }
        if (a instanceof Int128Vector left) {
            Int128Vector right = (Int128Vector) b;
            boolean unsigned = left.type().kind() == TypeKind.UUID;
            int high = unsigned
                    ? Long.compareUnsigned(left.high(i), right.high(j))
                    : Long.compare(left.high(i), right.high(j));
            return high != 0 ? high : Long.compareUnsigned(left.low(i), right.low(j));
        }
        return compareArrays((ArrayVector) a, i, (ArrayVector) b, j);
    }

    /** Compares with NULL greatest and equal to itself. */
    public static int compareNullsHigh(ColumnVector a, int i, ColumnVector b, int j) {
        boolean leftNull = a.isNull(i);
        boolean rightNull = b.isNull(j);
        if (leftNull || rightNull) {
            return leftNull ? rightNull ? 0 : 1 : -1;
        }
        return compare(a, i, b, j);
    }

    public static int compare(double a, double b) {
        if (a < b) {
            return -1;
        }
        if (a > b) {
            return 1;
        }
        if (a == b) {
            return 0;
        }
        boolean leftNan = Double.isNaN(a);
        boolean rightNan = Double.isNaN(b);
        return leftNan ? rightNan ? 0 : 1 : -1;
    }

    private static int compareArrays(ArrayVector a, int i, ArrayVector b, int j) {
        int leftLength = a.offsets()[i + 1] - a.offsets()[i];
        int rightLength = b.offsets()[j + 1] - b.offsets()[j];
        for (int k = 0; k < Math.min(leftLength, rightLength); k++) {
            int order = compareNullsHigh(a.elements(), a.offsets()[i] + k, b.elements(), b.offsets()[j] + k);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftLength, rightLength);
    }
}
