package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.IntVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.List;

/** BOOL_AND (EVERY) and BOOL_OR (SOME). */
final class BooleanAccumulator extends Accumulator {
    private static final byte EMPTY = 0;
    private static final byte FALSE = 1;
    private static final byte TRUE = 2;

    private final byte decisive;
    private byte[] states = {};

    BooleanAccumulator(boolean and) {
        this.decisive = and ? FALSE : TRUE;
    }

    @Override
    public void resize(int groups) {
        states = Arrays.copyOf(states, grown(states.length, groups));
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        for (int k = 0; k < count; k++) {
            offer(groups[rows[k]], arguments[0], rows[k]);
        }
    }

    private void offer(int group, ColumnVector values, int row) {
        if (!values.isNull(row) && states[group] != decisive) {
            states[group] = ((IntVector) values).get(row) != 0 ? TRUE : FALSE;
        }
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        if (states[group] == EMPTY) {
            out.appendNull();
        } else {
            ((IntVectorBuilder) out).appendInt(states[group] == TRUE ? 1 : 0);
        }
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.BOOLEAN);
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
        return states.length;
    }
}
