package io.trellisdb.replication.role;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A partition's row as the master committed it: always complete and valid.
 *
 * @param epoch the reign of the master that published it
 * @param revision of the table that it was published with
 * @param term grows with every change of the owner and every new activation of the same one
 * @param version grows with every change of the row
 * @param ownerReplica null while nobody can own it
 * @param inSync never empty; has the owner, if there is one; in order
 * @param catchUp copies being filled; none of them in sync; in order
 * @param nextOwnerReplica whom the owner shall make way for, or null
 */
public record Configuration(
        long epoch,
        long revision,
        long term,
        long version,
        @Nullable ReplicaId ownerReplica,
        List<ReplicaId> inSync,
        List<ReplicaId> catchUp,
        @Nullable ReplicaId nextOwnerReplica) {
    public Configuration {
        inSync = inSync.stream().sorted().toList();
        catchUp = catchUp.stream().sorted().toList();
        boolean ownerIsInSync = ownerReplica == null || inSync.contains(ownerReplica);
        if (term < 1 || version < 1 || inSync.isEmpty() || !ownerIsInSync) {
            throw new IllegalArgumentException("invalid configuration: term " + term + ", version " + version
                    + ", owner " + ownerReplica + ", in sync " + inSync);
        }
        long nodes = Stream.concat(inSync.stream(), catchUp.stream())
                .map(ReplicaId::node)
                .distinct()
                .count();
        if (nodes != inSync.size() + catchUp.size()) {
            throw new IllegalArgumentException(
                    "two copies of a partition on one node: in sync " + inSync + ", catch-up " + catchUp);
        }
    }

    public Optional<ReplicaId> owner() {
        return Optional.ofNullable(ownerReplica);
    }

    public Optional<ReplicaId> nextOwner() {
        return Optional.ofNullable(nextOwnerReplica);
    }

    /** The replica that is listed for a node, in sync or catching up. */
    public Optional<ReplicaId> replicaOn(int node) {
        ReplicaId found = listed(inSync, node);
        return Optional.ofNullable(found == null ? listed(catchUp, node) : found);
    }

    /** Whether this follows {@code other}: masters' reigns, their tables and their rows only go up. */
    boolean isAfter(@Nullable Configuration other) {
        if (other == null) {
            return true;
        }
        boolean upwards =
                epoch >= other.epoch && revision >= other.revision && term >= other.term && version >= other.version;
        boolean same = epoch == other.epoch && revision == other.revision && version == other.version;
        return upwards && !same;
    }

    private static @Nullable ReplicaId listed(List<ReplicaId> replicas, int node) {
        for (ReplicaId each : replicas) {
            if (each.node() == node) {
                return each;
            }
        }
        return null;
    }
}
