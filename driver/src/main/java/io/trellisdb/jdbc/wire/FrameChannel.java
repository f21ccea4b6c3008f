package io.trellisdb.jdbc.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A two-way stream of frames. One thread uses it, except that any may close it, which fails the one that waits. */
interface FrameChannel extends AutoCloseable {
    /** Sends a whole frame, length field included. */
    void send(ByteBuffer frame) throws IOException;

    /**
     * The next frame without its length field.
     *
     * @param timeoutMillis 0 waits for ever
     * @throws java.net.SocketTimeoutException if none of it came in time; the channel stays usable
     * @throws IOException if the channel is broken, or its peer stopped in the middle of a frame
     */
    ByteBuffer receive(long timeoutMillis) throws IOException;

    @Override
    void close();
}
