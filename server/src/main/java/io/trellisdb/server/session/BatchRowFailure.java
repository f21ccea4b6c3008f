package io.trellisdb.server.session;

import io.trellisdb.common.error.TrellisException;

/** A row of a batch of independent statements failed; the rows before it were done. */
final class BatchRowFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TrellisException failure;
    private final int row;

    BatchRowFailure(TrellisException failure, int row) {
        super(failure);
        this.failure = failure;
        this.row = row;
    }

    TrellisException failure() {
        return failure;
    }

    /** The failed row of the parameters, from 0. */
    int row() {
        return row;
    }
}
