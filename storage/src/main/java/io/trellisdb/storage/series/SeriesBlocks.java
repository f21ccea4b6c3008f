package io.trellisdb.storage.series;

import org.jspecify.annotations.Nullable;

/**
 * The stored blocks of one series by their first timestamps, and the overlay of each. Changes are made by the partition's
 * writer thread and are visible at once; reads come from any thread. Arrays must not be written.
 */
public interface SeriesBlocks {
    /** A block under its key. */
    record Stored(long firstTimestamp, byte[] bytes) {}

    /** The block with the greatest first timestamp at or before this one. */
    @Nullable
    Stored findAtOrBefore(long firstTimestamp);

    /** The block with the smallest first timestamp after this one. */
    @Nullable
    Stored findAfter(long firstTimestamp);

    /** The block with the smallest first timestamp. */
    @Nullable
    Stored findFirst();

    void put(long firstTimestamp, byte[] block);

    void remove(long firstTimestamp);

    /** The overlay of the block with this first timestamp. */
    byte @Nullable [] findOverlay(long firstTimestamp);

    void putOverlay(long firstTimestamp, byte[] overlay);

    void removeOverlay(long firstTimestamp);
}
