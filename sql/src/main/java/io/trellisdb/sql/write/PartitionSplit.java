package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sorts new rows by partition and bounds them. Confined to one execution. */
final class PartitionSplit {
    private final Target target;
    private final WriteRequest request;
    private final WriteLimits limits;
    private final Map<Integer, List<Chunk>> chunks = new TreeMap<>();
    private int rowCount;
    private long bytes;

    PartitionSplit(Target target, WriteRequest request, WriteLimits limits) {
        this.target = target;
        this.request = request;
        this.limits = limits;
    }

    /** The rows of each partition, by its number. */
    Map<Integer, List<Chunk>> chunks() {
        return chunks;
    }

    /** Adds rows with the container's columns in order. */
    void add(Batch rows, Batch carried) {
        if (rows.rowCount() == 0) {
            return;
        }
        reserve(rows.sizeBytes());
        int[] positions = new int[rows.rowCount()];
        Arrays.setAll(positions, i -> rowCount + i);
        rowCount += rows.rowCount();
        Chunk all = new Chunk(rows, List.of(), positions, carried);
        int[] partitions = target.partitions(rows, request.partitionCount());
        if (partitions == null) {
            put(target.onlyPartition(), all);
            return;
        }
        int[] counts = new int[request.partitionCount()];
        for (int partition : partitions) {
            counts[partition]++;
        }
        int[][] chosen = new int[counts.length][];
        int[] used = new int[counts.length];
        for (int row = 0; row < partitions.length; row++) {
            int partition = partitions[row];
            if (chosen[partition] == null) {
                chosen[partition] = new int[counts[partition]];
            }
            chosen[partition][used[partition]++] = row;
        }
        for (int partition = 0; partition < chosen.length; partition++) {
            if (counts[partition] == rows.rowCount()) {
                put(partition, all);
            } else if (counts[partition] > 0) {
                put(partition, all.select(chosen[partition], counts[partition]));
            }
        }
    }

    private void put(int partition, Chunk chunk) {
        Chunk keyed = target.hasKey() ? chunk.withKeys(target.keys(chunk.rows())) : chunk;
        chunks.computeIfAbsent(partition, p -> new ArrayList<>()).add(keyed);
    }

    private void reserve(long added) {
        bytes += added;
        if (bytes > limits.transactionBytes()) {
            throw WriteRunner.tooLarge(bytes, limits);
        }
        request.query().memory().reserve(added);
        request.query().checkActive();
    }
}
