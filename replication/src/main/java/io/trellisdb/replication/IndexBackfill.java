package io.trellisdb.replication;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.NodeStore;
import java.util.concurrent.CompletableFuture;

/** Adds one partition's existing rows to an index, a bounded step at a time. Confined to the partition's writer. */
final class IndexBackfill {
    private static final byte[] BEGINNING = {};

    private final int partition;
    private final ContainerDescriptor container;
    private final long indexId;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private byte[] position = BEGINNING;

    IndexBackfill(int partition, ContainerDescriptor container, long indexId) {
        this.partition = partition;
        this.container = container;
        this.indexId = indexId;
    }

    int partition() {
        return partition;
    }

    /** Ends when all rows are in the index, or with the {@link TrellisException} that stopped it. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Does one step. Returns whether there is more to do. */
    boolean step(NodeStore store, int maxRows) {
        if (done.isDone()) {
            return false;
        }
        try {
            position = store.backfill(partition, container, indexId, position, maxRows);
        } catch (TrellisException e) {
            done.completeExceptionally(e);
            return false;
        }
        if (position.length == 0) {
            done.complete(null);
            return false;
        }
        return true;
    }

    void cancel(TrellisException reason) {
        done.completeExceptionally(reason);
    }
}
