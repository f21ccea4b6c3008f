package io.trellisdb.coordination;

import java.util.UUID;

/**
 * One mastership, and the fencing token of everything that is done in its name. Not a partition's term, which numbers the
 * ownerships of that partition.
 *
 * @param number from 1, one more for every mastership of the cluster
 * @param nonce tells two attempts of one node apart
 */
public record Epoch(long number, NodeId leader, UUID nonce) {
    public Epoch {
        if (number < 1) {
            throw new IllegalArgumentException("epoch must be positive: " + number);
        }
    }
}
