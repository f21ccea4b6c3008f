package io.trellisdb.server.network;

import java.time.Duration;

/**
 * The bounds of the SQL door.
 *
 * @param unauthenticated connections that have not logged in, at a time
 * @param loginTimeout from the connection to the end of the login, whatever arrives meanwhile
 * @param receiveBytes memory of requests of all connections, from their length's arrival to their end
 * @param sendBytes memory of answers of all connections; beyond it each may have little
 */
public record NetworkLimits(int unauthenticated, Duration loginTimeout, long receiveBytes, long sendBytes) {
    /** What a connection may always have, whatever the others do: requests, and answers. */
    static final int SMALL_FRAME = 64 * 1024;
    /** Answers that may wait in a connection before its session stops computing more. */
    static final long OUTPUT_BYTES = 4L << 20;
    /** Requests that a session may have before its connection is not read any more. */
    static final int PENDING_REQUESTS = 256;
    /** The same in bytes; one frame may go beyond. */
    static final long PENDING_BYTES = 16L << 20;
    /** How long a client may read nothing of what waits for it. */
    static final Duration STALL = Duration.ofSeconds(30);
    /** How long a frame may take whatever its size; what it takes longer needs a rate. */
    static final Duration FRAME_GRACE = Duration.ofSeconds(5);
    /** The slowest client that is worth waiting for. */
    static final long FRAME_BYTES_PER_SECOND = 1024;
    /** How long a refused client gets to read why. */
    static final Duration LINGER = Duration.ofSeconds(1);
    /** Refused connections that are kept for that long; more are closed at once. */
    static final int LINGERING = 256;
}
