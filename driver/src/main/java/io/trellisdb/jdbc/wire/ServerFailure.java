package io.trellisdb.jdbc.wire;

import io.trellisdb.protocol.message.Response.Failure;

/** A server's failure on its way from a link to the session, which decides what the application sees of it. */
final class ServerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    ServerFailure(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
