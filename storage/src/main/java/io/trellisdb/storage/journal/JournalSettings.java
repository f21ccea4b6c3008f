package io.trellisdb.storage.journal;

import io.trellisdb.storage.Journal;
import java.time.Duration;

/**
 * How a journal is kept.
 *
 * @param directory its directory within the node's tree
 * @param partitionCount partitions are numbered below it
 * @param level when entries may be acknowledged
 * @param segmentBytes a segment that would grow beyond is followed by a new one; a larger group has one of its own
 * @param maxPendingBytes appended but not yet written bytes beyond which new statements are to be refused
 */
public record JournalSettings(
        String directory, int partitionCount, Journal.Level level, long segmentBytes, long maxPendingBytes) {
    /** Under BUFFERED: the longest time between a write and its force. */
    public static final Duration BUFFERED_FORCE_INTERVAL = Duration.ofSeconds(1);

    public JournalSettings {
        if (partitionCount < 1 || segmentBytes < SegmentFormat.HEAD_LENGTH || maxPendingBytes < 1) {
            throw new IllegalArgumentException("journal settings are out of range: " + partitionCount + ", "
                    + segmentBytes + ", " + maxPendingBytes);
        }
    }
}
