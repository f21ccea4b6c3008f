/**
 * One node: everything wired by hand, started in order and stopped in the reverse. {@link io.trellisdb.server.node.TrellisNode}
 * is used by the server's command and by the embedded door alike.
 *
 * <pre>
 *   STARTING   lock · health · metadata · catalog · store (replays) · owners · SQL, warmed up · sessions · SQL door
 *   READY
 *   DRAINING   no new connections; running statements get connections.stopTimeout, then sessions are ended
 *   STOPPED    everything above closed in the reverse order, with a checkpoint
 * </pre>
 *
 * <p>Invariants: a data directory belongs to one node of one process; the number of partitions is that of the directory once
 * it exists; nothing is served before the last term's journal is applied.
 *
 * <p>Threads: workers for statements, event loops, a checkpointer, the owners' writers and the catalog's one; none is ever
 * interrupted, because it may be inside the store.
 *
 * <p>Never ends the process: what a failed node means is decided by whoever started it.
 */
@NullMarked
package io.trellisdb.server.node;

import org.jspecify.annotations.NullMarked;
