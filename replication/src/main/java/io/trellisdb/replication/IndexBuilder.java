package io.trellisdb.replication;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Takes one index from WRITE_ONLY over BACKFILL to PUBLIC or FAILED on all partitions. Its steps run on writer threads. */
final class IndexBuilder {
    private final PartitionOwners owners;
    private final long containerId;
    private final long indexId;

    IndexBuilder(PartitionOwners owners, long containerId, long indexId) {
        this.owners = owners;
        this.containerId = containerId;
        this.indexId = indexId;
    }

    CompletionStage<IndexBuild> build() {
        return change(IndexDescriptor.State.BACKFILL)
                .thenCompose(ignored -> backfill())
                .handle((ignored, failure) -> failure)
                .thenCompose(failure -> failure == null ? publish() : giveUp(unwrap(failure)));
    }

    private CompletionStage<?> change(IndexDescriptor.State state) {
        SystemCommand command = new SystemCommand.ChangeIndex(containerId, indexId, state);
        return owners.system(owners.allPartitions(), containerId, command);
    }

    private CompletionStage<Void> backfill() {
        ContainerDescriptor container = owners.catalog()
                .findContainer(containerId)
                .orElseThrow(() -> new TrellisException(
                        ErrorCode.SCHEMA_CHANGED, "table was dropped while its index was built: " + containerId));
        List<IndexBackfill> backfills = new ArrayList<>();
        for (int partition : owners.allPartitions()) {
            backfills.add(new IndexBackfill(partition, container, indexId));
        }
        backfills.forEach(owners::backfill);
        return CompletableFuture.allOf(backfills.stream()
                .map(backfill -> stoppingOthers(backfill, backfills))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** One duplicate decides: the other partitions need not go on. */
    private static CompletableFuture<Void> stoppingOthers(IndexBackfill backfill, List<IndexBackfill> all) {
        return backfill.done().whenComplete((ignored, failure) -> {
            if (failure != null) {
                all.forEach(other -> other.cancel(unwrapOrDefect(failure)));
            }
        });
    }

    private CompletionStage<IndexBuild> publish() {
        return change(IndexDescriptor.State.PUBLIC).thenApply(ignored -> new IndexBuild.Public());
    }

    private CompletionStage<IndexBuild> giveUp(Throwable failure) {
        if (failure instanceof TrellisException reason && reason.code() == ErrorCode.UNIQUE_VIOLATION) {
            return change(IndexDescriptor.State.FAILED).thenApply(ignored -> new IndexBuild.Failed(reason));
        }
        return CompletableFuture.failedStage(failure);
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private static TrellisException unwrapOrDefect(Throwable failure) {
        return unwrap(failure) instanceof TrellisException known
                ? known
                : new TrellisException(ErrorCode.INTERNAL, "building an index failed by a defect: " + failure, failure);
    }
}
