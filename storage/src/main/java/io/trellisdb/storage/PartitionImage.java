package io.trellisdb.storage;

import org.jspecify.annotations.Nullable;

/**
 * A copy of a partition that is being read while entries are applied to it. It becomes exact when the entries behind {@link
 * ImageHead#lsn} are applied to it; the log keeps them until the {@link #hold} is closed. Confined to one thread at a time.
 */
public interface PartitionImage extends AutoCloseable {
    ImageHead head();

    /** The next chunk, of about the size that was asked for, with its own checksum; null at the end. */
    byte @Nullable [] next();

    /** Where the copy stands. */
    ImagePosition position();

    /** Goes on behind a position of this image, because what came later did not arrive. */
    void goTo(ImagePosition position);

    /** Keeps the log's entries behind the image; closed by whoever opened the image, when they are no longer needed. */
    JournalHold hold();

    /** Ends the copying; the hold stays. */
    @Override
    void close();
}
