package io.trellisdb.replication.role;

/**
 * A copy of a partition: on which node (its number in the cluster, from 1), in which unbroken life of its data. What one
 * incarnation has acknowledged binds no other.
 */
public record ReplicaId(int node, int incarnation) implements Comparable<ReplicaId> {
    public ReplicaId {
        if (node < 1 || incarnation < 1) {
            throw new IllegalArgumentException("node and incarnation must be positive: " + node + ", " + incarnation);
        }
    }

    @Override
    public int compareTo(ReplicaId other) {
        int byNode = Integer.compare(node, other.node);
        return byNode != 0 ? byNode : Integer.compare(incarnation, other.incarnation);
    }

    @Override
    public String toString() {
        return node + "#" + incarnation;
    }
}
