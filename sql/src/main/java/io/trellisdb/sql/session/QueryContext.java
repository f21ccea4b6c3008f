package io.trellisdb.sql.session;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement: its parameters, its moment, its deadline, its memory. Operators ask {@link #checkActive} once
 * per batch. Cancelling is safe from any thread; the rest is confined to the statement's threads.
 *
 * @see MemoryBudget
 */
public final class QueryContext {
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final QueryServices services;
    private final SessionState session;
    private final long sessionId;
    private final String user;
    private final String database;
    private final ZoneId zone;
    private final Batch parameters;
    private final Instant startedAt;
    private final long deadlineNanos;
    private final MemoryBudget memory;
    private volatile boolean cancelled;
    private volatile @Nullable Token waiting;

    /**
     * @param parameters one row with a column per parameter (no columns: no parameters)
     * @param deadlineNanos a {@code NanoClock} time, or {@link Long#MAX_VALUE} for none
     */
    public QueryContext(
            QueryServices services, SessionState session, Batch parameters, long deadlineNanos, MemoryBudget memory) {
        this.services = services;
        this.session = session;
        this.sessionId = session.id();
        this.user = session.user();
        this.database = session.database();
        this.zone = session.zone();
        this.parameters = parameters;
        this.startedAt = services.wallClock().now();
        this.deadlineNanos = deadlineNanos;
        this.memory = memory;
    }

    public QueryServices services() {
        return services;
    }

    /** The session's settings, which another statement may have changed since this one began. */
    public SessionState session() {
        return session;
    }

    public long sessionId() {
        return sessionId;
    }

    public String user() {
        return user;
    }

    public String database() {
        return database;
    }

    public ZoneId zone() {
        return zone;
    }

    /** One row with a column per parameter. */
    public Batch parameters() {
        return parameters;
    }

    /** The moment that CURRENT_TIMESTAMP means in this statement. */
    public Instant startedAt() {
        return startedAt;
    }

    public long deadlineNanos() {
        return deadlineNanos;
    }

    public MemoryBudget memory() {
        return memory;
    }

    /** Asks the statement to end; it does at its next batch, and a change that waits at an owner at once. */
    public void cancel() {
        cancelled = true;
        Token token = waiting;
        if (token != null) {
            services.cancel(token);
        }
    }

    /** Says that owners have the statement's change under this name, so that cancelling must reach them. */
    public void waitsAtOwners(Token token) {
        waiting = token;
        if (cancelled) {
            services.cancel(token);
        }
    }

    /** Throws when the statement was cancelled or its time is over. */
    public void checkActive() {
        if (cancelled) {
            throw new TrellisException(ErrorCode.STATEMENT_CANCELLED, "statement was cancelled");
        }
        if (deadlineNanos != NO_DEADLINE && services.nanoClock().nanoTime() - deadlineNanos > 0) {
            throw new TrellisException(ErrorCode.STATEMENT_TIMEOUT, "statement timeout is over");
        }
    }
}
