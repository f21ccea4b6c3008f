/**
 * The driver's talk with servers. {@link io.trellisdb.jdbc.wire.Session} is one JDBC connection's: it holds a
 * {@link io.trellisdb.jdbc.wire.Link} (one login over one socket or embedded door), makes it again after a loss, numbers
 * changing statements and repeats what {@code protocol.retry} allows.
 *
 * <p>Invariants: a frame of one exchange never reaches another; a handle or cursor of a lost link is never used on the next;
 * every setting that the application made is restored on a new link or the session ends.
 *
 * <p>Threads: a session's lock (a {@code ReentrantLock}, so that virtual threads do not pin) is held for a whole request and
 * its answer; cancel and abort work without it. No thread is started. No JDBC objects here.
 */
@NullMarked
package io.trellisdb.jdbc.wire;

import org.jspecify.annotations.NullMarked;
