package io.trellisdb.server.session;

import io.trellisdb.protocol.message.ResponseFrame;

/** Where a session's answers go: a connection's outgoing side. Safe for all threads. */
public interface ResponseSink {
    /** Queues a frame without waiting; after {@link #close} it is dropped. */
    void send(ResponseFrame frame);

    /**
     * Waits until the queue is below its bound; returns at once when it is, or when the connection is closed. A client that
     * does not read for the connection's stall limit is closed.
     */
    void awaitWritable();

    /** Closes the connection after what was sent. */
    void close();

    /** The client's address for logs and SHOW SESSIONS; empty for a client in this process. */
    String clientAddress();
}
