package io.trellisdb.sql.aggregate;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COUNT of rows, or of rows in which no argument is NULL. */
final class CountAccumulator extends Accumulator {
    private long[] counts = {};

    @Override
    public void resize(int groups) {
        counts = Arrays.copyOf(counts, grown(counts.length, groups));
    }

    @Override
    public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
        boolean all = true;
        for (ColumnVector argument : arguments) {
            all &= !argument.mayHaveNulls();
        }
        for (int k = 0; k < count; k++) {
            if (all || isPresent(arguments, rows[k])) {
                counts[groups[rows[k]]]++;
            }
        }
    }

    private static boolean isPresent(ColumnVector[] arguments, int row) {
        for (ColumnVector argument : arguments) {
            if (argument.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void addAggregate(int group, long rows, @Nullable ColumnAggregate column) {
        counts[group] += column == null ? rows : column.count();
    }

    @Override
    public void appendResult(int group, VectorBuilder out) {
        Results.append(out, counts[group], "COUNT");
    }

    @Override
    public List<DataType> stateTypes() {
        return List.of(DataType.BIGINT);
    }

    @Override
    public void appendState(int group, VectorBuilder[] out) {
        ((LongVectorBuilder) out[0]).appendLong(counts[group]);
    }

    @Override
    public void merge(ColumnVector[] states, int row, int group) {
        LongVector column = (LongVector) states[0];
        counts[group] += column.get(row);
    }

    @Override
    public long sizeBytes() {
        return 8L * counts.length;
    }
}
