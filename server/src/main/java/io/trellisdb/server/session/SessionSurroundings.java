package io.trellisdb.server.session;

import io.trellisdb.sql.SqlEngine;
import io.trellisdb.sql.session.MemoryBudget;
import io.trellisdb.sql.session.QueryServices;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all sessions of a node share.
 *
 * @param workers runs requests that may wait; bounded, refuses with {@code RejectedExecutionException}
 * @param memoryPool bytes that all statements may still take
 * @param statementMemoryBytes the most that one statement may take
 * @param statementTimeout the default of new sessions, zero for none
 * @param slowStatement statements that take longer are logged
 */
public record SessionSurroundings(
        SqlEngine engine,
        QueryServices services,
        SessionKeys keys,
        Executor workers,
        AtomicLong memoryPool,
        long statementMemoryBytes,
        Duration statementTimeout,
        Duration slowStatement,
        SessionMetrics metrics,
        int nodeId,
        String serverVersion) {
    /** A budget for one execution. */
    MemoryBudget newBudget() {
        return new MemoryBudget(statementMemoryBytes, memoryPool);
    }
}
