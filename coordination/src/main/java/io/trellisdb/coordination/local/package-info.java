/**
 * The provider of a node that is alone: no network, master of itself. Embedded databases and tests use it.
 *
 * <p>Invariants:
 * <ul>
 *   <li>Every opening is a new mastership: its epoch is one more than the last, and is forced into the metadata log before
 *       anything else happens. The log's lock keeps a second process out.
 *   <li>A commit is forced into the log before it is visible. When the log fails, the mastership ends for good.
 *   <li>Without a directory everything is kept in memory and gone with the process.
 * </ul>
 *
 * <p>Commits run on the caller's thread, one at a time; reads do not wait for them.
 */
@NullMarked
package io.trellisdb.coordination.local;

import org.jspecify.annotations.NullMarked;
