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
    static final SeriesShape NO_COLUMNS = new SeriesShape(List.of(), List.of(), List.of());

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

    /** The place of a column by its id; −1 when there is none. */
    public int placeOf(int columnId) {
        return columnIds.indexOf(columnId);
    }

    /** Where another shape has each of these columns; −1 where it has not. */
    int[] placesIn(SeriesShape other) {
        int[] places = new int[columnIds.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = other.placeOf(columnIds.get(i));
        }
        return places;
    }

    /** What rows have in a column that is new to them. */
    ColumnVector absent(int column, int rows) {
        return Vectors.constant(types.get(column), absentValues.get(column), rows);
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
        return found < 0 ? absent(column, to - from) : block.decode(found, type, from, to);
    }
}
