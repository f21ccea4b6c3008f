/**
 * Databases that a measurement starts in processes of their own, in a folder of their own, on loopback, and stops again.
 *
 * <p>Invariants: a {@link io.trellisdb.bench.peer.Peer} that started is ready; closing it ends its processes and only those.
 */
@NullMarked
package io.trellisdb.bench.peer;

import org.jspecify.annotations.NullMarked;
