package io.trellisdb.sql.operator;

import io.trellisdb.sql.session.MemoryBudget;

/** What one operator's buffers hold of the statement's memory; taken in steps, so that the budget is not asked per row. */
final class Reservation implements AutoCloseable {
    private static final long STEP_BYTES = 64 * 1024;

    private final MemoryBudget budget;
    private long reserved;

    Reservation(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Makes sure that so many bytes are reserved; fails the statement when they are not there. */
    void atLeast(long bytes) {
        if (bytes > reserved) {
            long wanted = Math.max(bytes - reserved, STEP_BYTES);
            budget.reserve(wanted);
            reserved += wanted;
        }
    }

    @Override
    public void close() {
        budget.release(reserved);
        reserved = 0;
    }
}
