package io.trellisdb.storage.journal;

import java.util.List;
import java.util.Optional;

/**
 * What recovery found.
 *
 * @param journalId chosen when the journal was created
 * @param isNew whether there was no journal
 * @param startPosition where the oldest kept segment begins; 0 when nothing was ever cut away
 * @param endPosition where the next segment begins
 * @param isBuffered whether the last segment was written under BUFFERED
 * @param tail what lies behind the last whole group, to be cut before anything is appended
 * @param losses sentences about what a forced opening gave up; empty otherwise
 */
public record RecoveredJournal(
        long journalId,
        boolean isNew,
        long startPosition,
        long endPosition,
        boolean isBuffered,
        List<Segment> segments,
        Optional<Tail> tail,
        List<String> losses) {
    /** The bytes of a file from an offset on. */
    record Tail(String file, long offset) {}

    public RecoveredJournal {
        segments = List.copyOf(segments);
        losses = List.copyOf(losses);
    }
}
