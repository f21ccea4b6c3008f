package io.trellisdb.coordination;

/** How a node's coordination is, with a cause that a program can act on. */
public record HealthReport(Cause cause, String explanation) {
    /** OK, or what is missing. */
    public enum Cause {
        OK,
        NOT_STARTED,
        NO_LEADER,
        NO_QUORUM,
        LEASE_EXPIRED,
        STORAGE_FAILED,
        REMOVED
    }

    public boolean isOk() {
        return cause == Cause.OK;
    }
}
