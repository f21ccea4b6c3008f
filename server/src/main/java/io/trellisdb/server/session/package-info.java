/**
 * Sessions: what a client's requests mean, apart from how they travel. A connection gives decoded frames to a
 * {@link io.trellisdb.server.session.LoginExchange} and then to the {@link io.trellisdb.server.session.ClientSession} that it
 * made; answers leave through a {@link io.trellisdb.server.session.ResponseSink}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A session's requests run one after the other in the order of their arrival, and are answered in that order.
 *   <li>No more rows are sent than the client has granted credit for, and none while the sink is full.
 *   <li>A transaction is honest: it may read, and hold one changing statement back until COMMIT; anything more is refused.
 *   <li>Whatever a request raises becomes one {@code Failure}; the session goes on.
 * </ul>
 *
 * <p>Threads: {@code receive} is called by the connection's one reading thread, requests run on a bounded pool of workers,
 * except those that never wait, which run on the reading thread. A change of named rows is handed to its owners without
 * waiting: the session stays busy, and the answer is sent by a thread of the connection. Cancelling and killing are safe from
 * everywhere.
 *
 * <p>Bounds: {@value io.trellisdb.server.session.ClientSession#MAX_WAITING} requests waiting in a session, {@value io.trellisdb.server.session.StatementRunner#MAX_STATEMENTS} prepared statements and
 * {@value io.trellisdb.server.session.ResultSender#MAX_CURSORS} open cursors.
 *
 * <p>No sockets, no Netty, no planning here.
 */
@NullMarked
package io.trellisdb.server.session;

import org.jspecify.annotations.NullMarked;
