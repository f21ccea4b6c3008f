package io.trellisdb.protocol.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A two-way stream of whole frames. One thread may send while another receives; {@link #close} may be called from any thread
 * and wakes them with an {@link IOException}.
 */
public interface EmbeddedConnection extends AutoCloseable {
    /**
     * Hands one frame over, length field included. The node may read the buffer until the call returns and not after.
     *
     * @throws IOException if the connection is closed
     */
    void send(ByteBuffer frame) throws IOException;

    /**
     * The next frame, length field included, which belongs to the caller.
     *
     * @param timeoutMillis how long to wait; 0 waits for ever
     * @throws java.net.SocketTimeoutException if nothing came in time; the connection stays usable
     * @throws java.io.EOFException if the node has closed its side
     * @throws IOException if the connection is closed
     */
    ByteBuffer receive(long timeoutMillis) throws IOException;

    /** Gives the connection back; the target's last one stops its node. A second call does nothing. */
    @Override
    void close();
}
