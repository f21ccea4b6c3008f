package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.storage.PartitionReader;
import java.util.Arrays;
import java.util.List;

/**
 * Rows read by key.
 *
 * @param rows the container's columns of the rows that exist, in the order of the keys
 * @param found for each of {@code rows} the position of its key among the keys asked for
 */
record KeyedRows(Batch rows, int[] found) {
    /** Reads the rows of at most {@link Batch#MAX_ROWS} different keys. */
    static KeyedRows read(PartitionReader reader, Target target, List<byte[]> keys) {
        Batch read = reader.get(target.id(), keys, target.columnIds(), true);
        int[] columns = new int[target.width()];
        Arrays.setAll(columns, i -> i);
        int[] found = new int[read.rowCount()];
        BytesVector readKeys = (BytesVector) read.column(target.width());
        int asked = 0;
        for (int row = 0; row < found.length; row++) {
            byte[] key = readKeys.copy(row);
            while (!Arrays.equals(keys.get(asked), key)) {
                asked++;
            }
            found[row] = asked++;
        }
        return new KeyedRows(read.project(columns), found);
    }

    KeyedRows select(int[] chosen, int count) {
        int[] chosenFound = new int[count];
        for (int i = 0; i < count; i++) {
            chosenFound[i] = found[chosen[i]];
        }
        return new KeyedRows(rows.select(chosen, count), chosenFound);
    }
}
