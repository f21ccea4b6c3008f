package io.trellisdb.jdbc.error;

import io.trellisdb.protocol.message.Response.Failure;

/** Where a failed statement went wrong: the cause of the exception, if the server said. */
public final class FailureDetail extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final int row;

    FailureDetail(Failure failure) {
        super("position " + failure.position() + ", row " + failure.row(), null, false, false);
        this.position = failure.position();
        this.row = failure.row();
    }

    /** Character of the SQL text, from 1; 0 if the error has no place. */
    public int position() {
        return position;
    }

    /** Row of a batch's parameters, from 0; -1 if no row caused it. */
    public int row() {
        return row;
    }
}
