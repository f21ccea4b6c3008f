/**
 * The role of an owner as a pure function: {@code step(event) → actions}. No thread, clock, disk or network is in here; the
 * caller does what the actions say, in their order, and reports what became of it by further events.
 *
 * <pre>
 *              Activated              barrier applied               Ended
 *   IDLE ─────────────────► SYNCING ───────────────────► SERVING ──────────► ENDED
 *                              └──────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 *   <li>One activation per object; a node that is appointed again makes a new one with a higher term.
 *   <li>The first entry of a term is a barrier; nothing is proposed before it is applied.
 *   <li>LSNs have no gaps, commit timestamps increase, every entry carries the hash of the one before it.
 *   <li>An entry is applied after it is committed, in LSN order, once; it is committed when the owner and every backup that
 *       must acknowledge have it durably, and the barrier is among them. A single copy has no backups to ask.
 *   <li>An appended entry whose fate is unknown when the role ends is given up, never called failed.
 * </ul>
 */
@NullMarked
package io.trellisdb.replication.role;

import org.jspecify.annotations.NullMarked;
