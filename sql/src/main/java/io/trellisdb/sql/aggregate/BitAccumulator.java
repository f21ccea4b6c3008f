package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.List;

/** BIT_AND, BIT_OR, BIT_XOR of integers. */
final class BitAccumulator extends Accumulator {
    private final String function;
    private final DataType type;
    private long[] values = {};
    private boolean[] present = {};

    BitAccumulator(String function, DataType type) {
        this.function = function;
        this.type = type;
    }

    @Override
    public void resize(int groups) {
        int length = grown(values.length, groups);
        values = Arrays.copyOf(values, length);
        present = Arrays.copyOf(present, length);
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        for (int k = 0; k < count; k++) {
            offer(groups[rows[k]], arguments[0], rows[k]);
        }
    }

    private void offer(int group, ColumnVector column, int row) {
        if (column.isNull(row)) {
            return;
        }
        long value = column instanceof LongVector wide ? wide.get(row) : ((IntVector) column).get(row);
        if (!present[group]) {
            present[group] = true;
            values[group] = value;
            return;
        }
        values[group] = switch (function) {
            case "BIT_AND" -> values[group] & value;
            case "BIT_OR" -> values[group] | value;
            default -> values[group] ^ value;
        };
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        if (present[group]) {
            Results.append(out, values[group], function);
        } else {
            out.appendNull();
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(type);
    }

    @Override
    public void appendState(int group, VectorBuilder[] out) {
        appendResult(group, out[0]);
    }

    @Override
    public void merge(ColumnVector[] states, int row, int group) {
        offer(group, states[0], row);
    }

    @Override
    public long sizeBytes() {
        return 9L * values.length;
    }
}
