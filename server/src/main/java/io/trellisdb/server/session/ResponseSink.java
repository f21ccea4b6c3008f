package io.trellisdb.server.session;

import io.trellisdb.protocol.message.ResponseFrame;

/** Where a session's answers go: a connection's outgoing side. Safe for all threads; nothing here waits. */
public interface ResponseSink {
    /** Queues a frame; after {@link #close} it is dropped. */
    void send(ResponseFrame frame);

    /** Whether the queue is below its bound, or closed: otherwise nothing more should be computed for it. */
    boolean isWritable();

    /**
     * Runs an action once when the queue is writable again, perhaps at once and on this thread. A client that does not read
     * for the connection's stall limit is closed, which counts as writable.
     */
    void whenWritable(Runnable action);

    /** Hears, once for each request given to {@link ClientSession#receive}, that it was answered or dropped. */
    void handled(int sizeBytes);

    /** Whether requests that never wait may run on the thread that received them, as on a thread of this node. */
    boolean runsQuickRequests();

    /** Runs the end of a request soon, on a thread that serves this connection: for a caller that must not do so itself. */
    void runSoon(Runnable action);

    /** Closes the connection after what was sent. */
    void close();

    /** The client's address for logs and SHOW SESSIONS; empty for a client in this process. */
    String clientAddress();
}
