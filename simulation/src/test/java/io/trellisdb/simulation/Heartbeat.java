package io.trellisdb.simulation;

import io.trellisdb.replication.role.Position;
import io.trellisdb.replication.role.Replica;

/**
 * A node's word to its master.
 *
 * @param process a number per start of the node
 * @param sentNanos by the node's clock
 * @param epochSeen leases of earlier epochs are dropped
 * @param revision of the newest configuration taken
 */
record Heartbeat(
        int node,
        int process,
        long sequence,
        long sentNanos,
        long epochSeen,
        int incarnation,
        Replica.RoleName role,
        long term,
        Position last,
        long revision) {}
