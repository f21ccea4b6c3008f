package io.trellisdb.replication;

import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.PartitionStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Looks whether a partition fits together. That is exact only while nothing changes it: problems that are found beside writes
 * are looked at again, at last on the partition's writer, whose other partitions wait meanwhile.
 */
final class PartitionVerification {
    /** Looks beside writes before the writer must wait. */
    private static final int LOOKS_BESIDE_WRITES = 2;

    private final PartitionStore partition;
    private final CompletableFuture<List<String>> problems = new CompletableFuture<>();

    PartitionVerification(PartitionStore partition) {
        this.partition = partition;
    }

    /** Whether the answer is found without the writer; called by any thread, before {@link #runOnWriter}. */
    boolean runBesideWrites() {
        for (int look = 0; look < LOOKS_BESIDE_WRITES; look++) {
            long before = partition.appliedLsn();
            List<String> found = look();
            if (found.isEmpty() || partition.appliedLsn() == before) {
                problems.complete(found);
                return true;
            }
        }
        return false;
    }

    int partition() {
        return partition.partition();
    }

    void runOnWriter() {
        problems.complete(look());
    }

    private List<String> look() {
        try {
            return partition.verify();
        } catch (TrellisException e) {
            // what cannot be read is a problem of the partition, not of the question
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    void cancel(TrellisException reason) {
        problems.completeExceptionally(reason);
    }

    CompletableFuture<List<String>> problems() {
        return problems;
    }
}
