/**
 * Assembles a {@link io.trellisdb.storage.NodeStore}: {@link io.trellisdb.storage.engine.Stores} opens one on disk (journal
 * and JE) or in memory; {@link io.trellisdb.storage.engine.Checkpointer} bounds the journal of one on disk and sweeps.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A directory belongs to one open store, of one process.
 *   <li>When opening returns, every entry of the journal is applied. Where data is lost or damaged and the journal reaches
 *       back to its beginning, data is made anew; otherwise opening fails and says what is missing.
 *   <li>The journal is cut only below what data holds durably.
 *   <li>An apply that failed ends the store: it must be opened again.
 * </ul>
 *
 * <p>Threads: the journal's flush thread and, once started, the checkpointer's. Does not acknowledge anything to anybody.
 */
@NullMarked
package io.trellisdb.storage.engine;

import org.jspecify.annotations.NullMarked;
