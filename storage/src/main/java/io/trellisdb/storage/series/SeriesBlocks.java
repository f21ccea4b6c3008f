package io.trellisdb.storage.series;

import io.trellisdb.storage.block.Block;
import org.jspecify.annotations.Nullable;

/**
 * The stored blocks of one series by their first timestamps, and the overlay of each. Changes are made by the partition's
 * writer thread and are visible at once, in their order; reads come from any thread. Arrays must not be written.
 */
public interface SeriesBlocks {
    /** What is there now. A block is in the list no sooner than it can be found, and leaves it before it is gone. */
    BlockList list();

    /** The block with this first timestamp; null when it is gone. */
    @Nullable
    Block find(long first);

    void put(long first, byte[] block);

    void remove(long first);

    /** The overlay of the block with this first timestamp. */
    byte @Nullable [] findOverlay(long first);

    void putOverlay(long first, byte[] overlay);

    /** Removes an overlay that may not be there; its block may be gone already. */
    void removeOverlay(long first);
}
