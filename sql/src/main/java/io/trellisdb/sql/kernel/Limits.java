package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;

/** Bounds of what expressions may build. */
final class Limits {
    /** The longest single value, as for stored rows. */
    static final int MAX_VALUE_BYTES = 8 * 1024 * 1024;
    /** The most bytes of one result column of a batch: a batch of long results must not take the heap. */
    static final long MAX_VECTOR_BYTES = 256L * 1024 * 1024;

    private Limits() {}

    static int checkValue(long bytes) {
        if (bytes > MAX_VALUE_BYTES) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "value is longer than a value may be: " + bytes + " bytes, at most " + MAX_VALUE_BYTES);
        }
        return (int) bytes;
    }

    static void checkVector(long bytes) {
        if (bytes > MAX_VECTOR_BYTES) {
            throw new TrellisException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "expression's results are too long for one batch: " + bytes + " bytes, at most "
                            + MAX_VECTOR_BYTES);
        }
    }
}
