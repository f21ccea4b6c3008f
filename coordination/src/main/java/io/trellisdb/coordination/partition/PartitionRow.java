package io.trellisdb.coordination.partition;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One partition's replicas, as committed.
 *
 * @param version grows with every change of the row
 * @param ownerReplica null while nobody can own it
 * @param inSync never empty; has the owner, if there is one
 * @param catchUp copies being filled; none of them in sync
 * @param lostData whether an operator has accepted a loss
 */
public record PartitionRow(
        int partition,
        long term,
        long version,
        @Nullable Replica ownerReplica,
        List<Replica> inSync,
        List<Replica> catchUp,
        boolean lostData) {
    public PartitionRow {
        inSync = List.copyOf(inSync);
        catchUp = List.copyOf(catchUp);
        boolean ownerIsInSync = ownerReplica == null || inSync.contains(ownerReplica);
        if (partition < 0 || term < 1 || version < 1 || inSync.isEmpty() || !ownerIsInSync) {
            throw new IllegalArgumentException("invalid row of partition " + partition + ": term " + term + ", version "
                    + version + ", owner " + ownerReplica + ", in sync " + inSync);
        }
        HashSet<Integer> nodes = new HashSet<>();
        for (Replica each : inSync) {
            requireNew(nodes, each, partition);
        }
        for (Replica each : catchUp) {
            requireNew(nodes, each, partition);
        }
    }

    private static void requireNew(HashSet<Integer> nodes, Replica replica, int partition) {
        if (!nodes.add(replica.node())) {
            throw new IllegalArgumentException(
                    "two copies of a partition on one node: partition " + partition + ", node " + replica.node());
        }
    }

    public Optional<Replica> owner() {
        return Optional.ofNullable(ownerReplica);
    }

    /** The only copy, owned by its node. */
    public static PartitionRow single(int partition, long term, Replica owner) {
        return new PartitionRow(partition, term, 1, owner, List.of(owner), List.of(), false);
    }

    /** The same owner again, under a new term. */
    public PartitionRow reactivated(long newTerm) {
        if (newTerm <= term) {
            throw new IllegalArgumentException("term must grow: " + term + " to " + newTerm);
        }
        return new PartitionRow(partition, newTerm, version + 1, ownerReplica, inSync, catchUp, lostData);
    }
}
