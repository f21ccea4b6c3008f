package io.trellisdb.storage.block;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;

/** Gives out the parts of a column's body in the order in which its header describes them. Confined to one thread. */
final class BodyCursor {
    private final int end;
    private int at;

    /** A body of {@code length} bytes at {@code start}, with at least {@link BitPacking#SLACK} bytes of the block behind it. */
    BodyCursor(int start, int length) {
        this.at = start;
        this.end = start + length;
    }

    /** The index of the next part; parts begin at multiples of 8 from the body's start. */
    int take(long length) {
        if (length < 0 || length > end - at) {
            throw damage(
                    "column is shorter than its header says: " + length + " bytes expected, " + (end - at) + " left");
        }
        int start = at;
        at = Math.min(end, start + BlockFormat.aligned((int) length));
        return start;
    }

    static TrellisException damage(String message) {
        return new TrellisException(ErrorCode.DATA_CORRUPTED, "block is damaged: " + message);
    }
}
