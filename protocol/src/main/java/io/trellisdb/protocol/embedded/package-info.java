/**
 * The embedded door: how the driver finds a node in its own process and speaks frames to it as to a socket.
 *
 * <p>The driver asks {@link java.util.ServiceLoader} for {@link io.trellisdb.protocol.embedded.EmbeddedDoor}s when a URL names
 * {@code file:DIR} or {@code mem:NAME}; the server's jar holds the one that exists. Without it the driver says which jar is
 * missing.
 *
 * <p>Invariants: the door counts connections for each target; all connections to one target reach one node; the node starts
 * with the first and has stopped, with everything on disk, when the last one's {@code close} returns. JDK types only, so that
 * the driver needs nothing else on its class path. No frame is looked into here.
 */
@NullMarked
package io.trellisdb.protocol.embedded;

import org.jspecify.annotations.NullMarked;
