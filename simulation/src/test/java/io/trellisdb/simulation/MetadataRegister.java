package io.trellisdb.simulation;

import io.trellisdb.replication.role.Configuration;
import io.trellisdb.replication.role.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The committed metadata: linearizable by construction, written under an epoch. */
final class MetadataRegister {
    private long epoch;
    private long revision;
    private Configuration row;
    private final Map<Integer, Integer> incarnations = new TreeMap<>();
    private final Map<Integer, Integer> processes = new TreeMap<>();

    MetadataRegister(int nodes, List<ReplicaId> inSync) {
        for (int node = 1; node <= nodes; node++) {
            incarnations.put(node, 1);
        }
        row = new Configuration(0, 0, 1, 1, null, inSync, List.of(), null);
    }

    /** A new reign begins: all earlier ones can commit no more. */
    long begin() {
        epoch++;
        return epoch;
    }

    /** Where the next reign will be reached. */
    int nextAddress() {
        return SimulatedMaster.FIRST_ADDRESS + (int) epoch + 1;
    }

    long epoch() {
        return epoch;
    }

    Configuration row() {
        return row;
    }

    int incarnation(int node) {
        return incarnations.get(node);
    }

    int newIncarnation(int node) {
        return incarnations.merge(node, 1, Integer::sum);
    }

    /** Notes that a node has started again; false for one that is known, or older than that. */
    boolean isNewProcess(int node, int process) {
        boolean isNew = process > processes.getOrDefault(node, 0);
        if (isNew) {
            processes.put(node, process);
        }
        return isNew;
    }

    boolean isCurrentProcess(int node, int process) {
        return process == processes.getOrDefault(node, 0);
    }

    /** Commits a row that follows the one there; false when the epoch is over. */
    boolean commit(
            long byEpoch,
            long term,
            @Nullable ReplicaId owner,
            List<ReplicaId> inSync,
            List<ReplicaId> catchUp,
            @Nullable ReplicaId nextOwner) {
        if (byEpoch != epoch) {
            return false;
        }
        if (term < row.term() || inSync.isEmpty()) {
            throw new Violation("I8 row goes backwards: term " + term + " after " + row.term());
        }
        revision++;
        row = new Configuration(byEpoch, revision, term, row.version() + 1, owner, inSync, catchUp, nextOwner);
        return true;
    }
}
