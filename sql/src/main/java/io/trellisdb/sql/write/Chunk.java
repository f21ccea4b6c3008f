package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import java.util.List;

/**
 * Rows of one partition that are to be written.
 *
 * @param rows the container's columns in order
 * @param keys the encoded keys, one per row; empty for a container with hidden row ids
 * @param positions of the rows in the statement, so that RETURNING can restore their order
 * @param carried columns beside the rows that ON CONFLICT's expressions read: the statement's parameters
 */
record Chunk(Batch rows, List<byte[]> keys, int[] positions, Batch carried) {
    Chunk select(int[] chosen, int count) {
        byte[][] chosenKeys = new byte[keys.isEmpty() ? 0 : count][];
        int[] chosenPositions = new int[count];
        for (int i = 0; i < count; i++) {
            if (!keys.isEmpty()) {
                chosenKeys[i] = keys.get(chosen[i]);
            }
            chosenPositions[i] = positions[chosen[i]];
        }
        return new Chunk(
                rows.select(chosen, count), List.of(chosenKeys), chosenPositions, carried.select(chosen, count));
    }

    Chunk withKeys(List<byte[]> newKeys) {
        return new Chunk(rows, newKeys, positions, carried);
    }
}
