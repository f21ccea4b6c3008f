package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.codec.KeyCodec;

/** A unique index as changes see it; {@code columns} are positions in the container's columns. */
record UniqueKey(long indexId, String name, KeyCodec codec, int[] columns) {
    /** Whether a row takes no part because one of its columns is NULL. */
    boolean hasNull(Batch rows, int row) {
        for (int column : columns) {
            if (rows.column(column).isNull(row)) {
                return true;
            }
        }
        return false;
    }

    byte[] key(Batch rows, int row) {
        return codec.encode(rows, columns, row);
    }
}
