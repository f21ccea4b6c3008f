package io.trellisdb.coordination.partition;

/** A copy of a partition: on which node (its number in the cluster, from 1), in which unbroken life of its data. */
public record Replica(int node, int incarnation) {
    public Replica {
        if (node < 1 || incarnation < 1) {
            throw new IllegalArgumentException("node and incarnation must be positive: " + node + ", " + incarnation);
        }
    }
}
