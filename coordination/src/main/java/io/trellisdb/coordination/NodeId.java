package io.trellisdb.coordination;

import java.util.UUID;

/**
 * Names a node, whatever its address.
 *
 * @param incarnation one unbroken life of its data, from 1; never used again
 */
public record NodeId(UUID id, int incarnation) {
    public NodeId {
        if (incarnation < 1) {
            throw new IllegalArgumentException("incarnation must be positive: " + incarnation);
        }
    }

    @Override
    public String toString() {
        return id + "." + incarnation;
    }
}
