package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IN over constants, by binary search in the sorted constants. */
final class InSetNode extends Node {
    private final Node argument;
    private final boolean hasNull;
    private final boolean negated;
    private final long[] sortedLongs;
    private final @Nullable ColumnVector sortedValues;

    InSetNode(Node argument, List<Object> values, boolean hasNull, boolean negated) {
        super(DataType.BOOLEAN, false);
        this.argument = argument;
        this.hasNull = hasNull;
        this.negated = negated;
        VectorBuilder builder = VectorBuilder.of(argument.type(), values.size());
        for (Object value : values) {
            builder.append(value);
        }
        ColumnVector vector = builder.build();
        Layout layout = argument.type().layout();
        if (layout == Layout.INT || layout == Layout.LONG) {
            Operand operand = Operand.of(vector);
            sortedLongs = new long[values.size()];
            for (int i = 0; i < sortedLongs.length; i++) {
                sortedLongs[i] = operand.integer(i);
            }
            Arrays.sort(sortedLongs);
            sortedValues = null;
        } else {
            sortedLongs = new long[0];
            sortedValues = sorted(vector);
        }
    }

    private static ColumnVector sorted(ColumnVector vector) {
        Integer[] order = new Integer[vector.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Comparator<Integer> byValue = (i, j) -> ValueOrder.compare(vector, i, vector, j);
        Arrays.sort(order, byValue);
        int[] rows = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        return vector.select(rows, rows.length);
    }

    @Override
    Operand evaluate(Input input) {
        Operand value = argument.evaluate(input);
        int count = input.rowCount();
        int[] out = new int[count];
        long[] nulls = null;
        for (int row = 0; row < count; row++) {
            boolean found = false;
            boolean isNull = value.isNull(row);
            if (!isNull) {
                found = contains(value, row);
                isNull = !found && hasNull;
            }
            if (isNull) {
                nulls = nulls == null ? NullBits.create(count) : nulls;
                NullBits.set(nulls, row);
            } else {
                out[row] = found != negated ? 1 : 0;
            }
        }
        return Operand.of(new IntVector(DataType.BOOLEAN, out, nulls, count));
    }

    private boolean contains(Operand value, int row) {
        if (sortedValues == null) {
            return Arrays.binarySearch(sortedLongs, value.integer(row)) >= 0;
        }
        ColumnVector vector = value.vector();
        int index = value.index(row);
        int low = 0;
        int high = sortedValues.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sortedValues instanceof BytesVector bytes
                    ? compareBytes(bytes, middle, (BytesVector) vector, index)
                    : ValueOrder.compare(sortedValues, middle, vector, index);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private static int compareBytes(BytesVector a, int i, BytesVector b, int j) {
        return Arrays.compareUnsigned(a.bytes(), a.offset(i), a.offset(i + 1), b.bytes(), b.offset(j), b.offset(j + 1));
    }
}
