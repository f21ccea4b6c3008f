package io.trellisdb.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much of an image has been read or installed: copying goes on behind it.
 *
 * @param chunks how many chunks lie before
 * @param kind the kind of the last record before, a code of the image's format
 * @param after the key of that record
 * @param digest over all chunks before
 * @param isComplete whether nothing follows
 */
public record ImagePosition(int chunks, int kind, byte[] after, long digest, boolean isComplete) {
    public static final ImagePosition BEGINNING = new ImagePosition(0, 0, new byte[0], 0, false);

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImagePosition position
                && chunks == position.chunks
                && kind == position.kind
                && digest == position.digest
                && isComplete == position.isComplete
                && Arrays.equals(after, position.after);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(digest) + chunks;
    }

    @Override
    public String toString() {
        return "chunk " + chunks + (isComplete ? ", complete" : "");
    }
}
