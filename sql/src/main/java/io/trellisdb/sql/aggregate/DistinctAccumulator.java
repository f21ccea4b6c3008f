package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** Lets each combination of argument values of a group through once. */
final class DistinctAccumulator extends Accumulator {
    private final Accumulator target;
    private final GroupTable seen;
    private final int arguments;

    /** @param arguments how many of the columns are arguments, the others only give the order */
    DistinctAccumulator(Accumulator target, List<DataType> types, int arguments) {
        this.target = target;
        this.arguments = arguments;
        List<DataType> keys = new ArrayList<>();
        keys.add(DataType.INTEGER);
        keys.addAll(types.subList(0, arguments));
        this.seen = new GroupTable(keys);
    }

    @Override
    public ColumnVector[] prepare(ColumnVector[] columns) {
        // the target's form may make different values equal, so distinctness is decided before it
        ColumnVector[] prepared = target.prepare(columns);
        ColumnVector[] both = new ColumnVector[columns.length + prepared.length];
        System.arraycopy(columns, 0, both, 0, columns.length);
        System.arraycopy(prepared, 0, both, columns.length, prepared.length);
        return both;
    }

    @Override
    public void resize(int groups) {
        target.resize(groups);
    }

    @Override
    public void add(ColumnVector[] columns, int[] groups, int[] rows, int count) {
        ColumnVector[] keys = new ColumnVector[arguments + 1];
        int last = 0;
        for (int k = 0; k < count; k++) {
            last = Math.max(last, rows[k] + 1);
        }
        keys[0] = new IntVector(DataType.INTEGER, groups, null, last);
        System.arraycopy(columns, 0, keys, 1, arguments);
        ColumnVector[] prepared = new ColumnVector[columns.length / 2];
        System.arraycopy(columns, columns.length / 2, prepared, 0, prepared.length);
        int[] fresh = new int[count];
        int freshCount = 0;
        for (int k = 0; k < count; k++) {
            int before = seen.size();
            if (seen.assign(keys, rows[k]) == before) {
                fresh[freshCount++] = rows[k];
            }
        }
        target.add(prepared, groups, fresh, freshCount);
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        target.appendResult(group, out);
    }

    @Override
    public boolean isIncremental() {
        return target.isIncremental();
    }

    @Override
    public long sizeBytes() {
        return seen.sizeBytes() + target.sizeBytes();
    }
}
