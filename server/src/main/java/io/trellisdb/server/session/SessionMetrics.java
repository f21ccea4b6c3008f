package io.trellisdb.server.session;

import java.util.concurrent.atomic.LongAdder;

/** What the sessions of a node count; the metrics page reads it. Safe for all threads. */
public final class SessionMetrics {
    private final LongAdder statements = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder slowStatements = new LongAdder();
    private final LongAdder requestNanos = new LongAdder();
    private final LongAdder rowsSent = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    void ran(long nanos) {
        statements.increment();
        requestNanos.add(nanos);
    }

    void failed() {
        failures.increment();
    }

    void wasSlow() {
        slowStatements.increment();
    }

    void sentRows(int rows) {
        rowsSent.add(rows);
    }

    /** A connection was turned away. */
    public void refused() {
        refusals.increment();
    }

    public long statements() {
        return statements.sum();
    }

    public long failures() {
        return failures.sum();
    }

    public long slowStatements() {
        return slowStatements.sum();
    }

    /** Nanoseconds from a request's arrival to its answer's hand-over, over all requests. */
    public long requestNanos() {
        return requestNanos.sum();
    }

    public long rowsSent() {
        return rowsSent.sum();
    }

    public long refusals() {
        return refusals.sum();
    }
}
