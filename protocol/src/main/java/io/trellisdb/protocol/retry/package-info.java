/**
 * What a client does when a request meets a setback: the failover promise as a pure function,
 * {@link io.trellisdb.protocol.retry.RetryPolicy}, so that driver and simulation decide alike.
 *
 * <p>Invariants: a request that changes data is sent again only when it provably was not executed or carries a token by which
 * the server recognises it; an outcome that nobody knows is reported as unknown (08007) and nothing else is; nothing is
 * decided after the deadline but failure. Time and chance come in as values. No threads, no sockets, no waiting here.
 */
@NullMarked
package io.trellisdb.protocol.retry;

import org.jspecify.annotations.NullMarked;
