/**
 * The update logs of a node's partitions, interleaved in one append-only sequence of segment files.
 *
 * <p>{@link io.trellisdb.storage.journal.FileJournal} appends, {@link io.trellisdb.storage.journal.JournalRecovery} reads
 * back, {@link io.trellisdb.storage.journal.FrameFormat} and {@link io.trellisdb.storage.journal.SegmentFormat} own the
 * bytes, {@link io.trellisdb.storage.journal.EntryCodec} turns entries into frames.
 *
 * <p>Invariants:
 * <ul>
 *   <li>A position is a byte's distance from the beginning of the first segment that ever was; segments are named by theirs.
 *   <li>A segment is forced before the next one is created: only the last one may have a torn tail.
 *   <li>A group of frames lies in one segment and counts only with its closing checksum.
 *   <li>A bad frame below a position that a later frame calls fsynced is damage, never a tail.
 *   <li>After a failed write or force nothing is acknowledged any more, and neither is tried again.
 * </ul>
 *
 * <p>Threads: any thread appends; one flush thread writes and forces; whoever appends encodes. Knows operations only to
 * encode them; does not apply anything.
 */
@NullMarked
package io.trellisdb.storage.journal;

import org.jspecify.annotations.NullMarked;
