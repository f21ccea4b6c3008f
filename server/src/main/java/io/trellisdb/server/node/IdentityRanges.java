package io.trellisdb.server.node;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.replication.CounterRange;
import io.trellisdb.replication.PartitionOwners;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Gives out values of identity columns from blocks that were reserved in the log, so that most statements need no entry of
 * their own. What is left of a block when the node stops, or when a statement takes more than is left, is never used.
 * Safe for all threads; a caller may wait for a reservation.
 */
final class IdentityRanges {
    /** Values reserved together. */
    static final int BLOCK = 1_000;
    /** Columns above which those of dropped tables are forgotten. */
    private static final int KEPT_COLUMNS = 10_000;

    private final Supplier<Catalog> catalog;
    private final PartitionOwners owners;
    private final int partitions;
    private final Map<Column, Block> blocks = new ConcurrentHashMap<>();

    private record Column(long containerId, int columnId) {}

    /** Guarded by itself. */
    private static final class Block {
        private long next;
        private long end;
    }

    IdentityRanges(Supplier<Catalog> catalog, PartitionOwners owners, int partitions) {
        this.catalog = catalog;
        this.owners = owners;
        this.partitions = partitions;
    }

    /** The ordinal of the first of {@code count} values. */
    long take(long containerId, int columnId, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be positive: " + count);
        }
        if (blocks.size() > KEPT_COLUMNS) {
            Catalog now = catalog.get();
            blocks.keySet()
                    .removeIf(column -> now.findContainer(column.containerId()).isEmpty());
        }
        Block block = blocks.computeIfAbsent(new Column(containerId, columnId), column -> new Block());
        synchronized (block) {
            if (block.end - block.next < count) {
                CounterRange range = reserve(containerId, columnId, Math.max(count, BLOCK));
                if (count >= BLOCK) {
                    return range.first();
                }
                block.next = range.first();
                block.end = range.first() + range.count();
            }
            long first = block.next;
            block.next += count;
            return first;
        }
    }

    private CounterRange reserve(long containerId, int columnId, int count) {
        ContainerDescriptor container = catalog.get()
                .findContainer(containerId)
                .orElseThrow(() ->
                        new TrellisException(ErrorCode.SCHEMA_CHANGED, "table was dropped meanwhile: " + containerId));
        int partition = container.partitioning() instanceof Partitioning.Whole whole
                ? whole.partition()
                : (int) (containerId % partitions);
        try {
            return owners.reserve(partition, containerId, columnId, count)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TrellisException known) {
                throw known;
            }
            throw e;
        }
    }
}
