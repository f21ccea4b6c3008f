package io.trellisdb.protocol.embedded;

import java.util.Map;

/**
 * Opens connections to nodes in this process. Any thread may call it.
 *
 * <p>The contract of counting: the first {@link #open} of a target starts its node and waits until it serves; further ones
 * join it; {@link EmbeddedConnection#close} of the last one stops the node and returns when its directory may be opened by
 * another process. An {@code open} while the last one closes waits for that and starts a new node. A connection that is lost
 * because the node failed still counts until it is closed.
 */
public interface EmbeddedDoor {
    /**
     * A new connection on which {@code Hello} is still to be said.
     *
     * @param settings configuration of the node, key by key as in its configuration file; those of the connection that starts
     *     the node count
     * @throws io.trellisdb.common.error.TrellisException CANNOT_CONNECT if the directory is in use by another process or
     *     cannot be opened, INVALID_CONFIGURATION for an unknown setting, and what starting a node may raise
     */
    EmbeddedConnection open(EmbeddedTarget target, Map<String, String> settings);
}
