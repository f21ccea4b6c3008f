/**
 * The embedded door: nodes in the process of the application, reached by frames without sockets. Found by the driver through
 * {@link java.util.ServiceLoader}.
 *
 * <p>Invariants: what {@link io.trellisdb.protocol.embedded} promises; the same sessions and the same limits as over the
 * network, but no login deadline. Requests never run on the application's threads, which may be interrupted where the store
 * may not.
 *
 * <p>Threads: an application's thread sends and receives; the node's workers answer. Opening and closing a target's node
 * excludes other openings of the same target.
 */
@NullMarked
package io.trellisdb.server.embedded;

import org.jspecify.annotations.NullMarked;
