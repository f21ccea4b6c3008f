package io.trellisdb.replication;

/** Leaves a command whose lock is not free. Not an {@code Exception}, so that a command's own handlers let it pass. */
final class LockUnavailable extends Error {
    private static final long serialVersionUID = 1L;

    LockUnavailable() {
        // A way out and no failure: without a stack it costs next to nothing.
        super("lock is not free", null, false, false);
    }
}
