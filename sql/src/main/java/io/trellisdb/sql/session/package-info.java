/**
 * What {@code sql} needs from outside, and what it keeps per session: the words its other packages share.
 *
 * <p>Invariants: a {@link io.trellisdb.sql.session.SessionState} belongs to one session and is used by one statement at a
 * time; {@link io.trellisdb.sql.session.QueryServices} is safe for all threads.
 *
 * <p>Does not know sockets, threads of the server or how statements travel.
 */
@NullMarked
package io.trellisdb.sql.session;

import org.jspecify.annotations.NullMarked;
