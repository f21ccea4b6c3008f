package io.trellisdb.storage.series;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.block.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value columns of a series: all but the timestamp and the series key.
 *
 * @param columnIds stable ids, distinct
 * @param types one for each id
 * @param absentValues what rows have in a column that did not exist when they were written: boxed values or null
 */
public record SeriesShape(List<Integer> columnIds, List<DataType> types, List<@Nullable Object> absentValues) {
    public SeriesShape {
        columnIds = List.copyOf(columnIds);
        types = List.copyOf(types);
        absentValues = Collections.unmodifiableList(new ArrayList<>(absentValues));
        if (columnIds.size() != types.size() || columnIds.size() != absentValues.size()) {
            throw new IllegalArgumentException("columns differ: " + columnIds.size() + ", " + types.size());
        }
    }

    /** A shape whose columns were there from the beginning. */
    public static SeriesShape of(List<Integer> columnIds, List<DataType> types) {
        List<@Nullable Object> nulls = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            nulls.add(null);
        }
        return new SeriesShape(columnIds, types, nulls);
    }

    public int columnCount() {
        return types.size();
    }

    int[] ids() {
        return columnIds.stream().mapToInt(Integer::intValue).toArray();
    }

    ColumnVector[] emptyColumns() {
        ColumnVector[] columns = new ColumnVector[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Vectors.empty(types.get(i));
        }
        return columns;
    }

    /** A column of a block in some rows. */
    ColumnVector decode(Block block, int column, int from, int to) {
        int found = block.findColumn(columnIds.get(column));
        DataType type = types.get(column);
        return found < 0
                ? Vectors.constant(type, absentValues.get(column), to - from)
                : block.decode(found, type, from, to);
    }
}
