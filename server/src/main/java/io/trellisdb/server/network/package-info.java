/**
 * The SQL door: sockets, frames and limits, on Netty. {@link io.trellisdb.server.network.SqlListener} accepts connections,
 * {@code ClientConnection} turns bytes into frames for a {@code LoginExchange} and its {@code ClientSession}, {@code
 * OutgoingFrames} brings answers back.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A length is checked before anything is kept for it: 8 KiB from a client that is not welcome yet, 16 MiB afterwards,
 *       and frames that take long to arrive share one budget.
 *   <li>A bad frame costs its sender one refusal and the connection; nobody else notices.
 *   <li>A connection is not read while its session has enough to do or its answers wait for the client.
 *   <li>The time to log in is absolute. A client that stops reading or stops in the middle of a frame is closed.
 * </ul>
 *
 * <p>Threads: a connection belongs to one event loop, which also runs requests that never wait; answers may come from any
 * thread. Nothing here blocks but starting and closing the listener.
 *
 * <p>No SQL, no TLS yet. Netty is used here and in {@code http} only.
 */
@NullMarked
package io.trellisdb.server.network;

import org.jspecify.annotations.NullMarked;
