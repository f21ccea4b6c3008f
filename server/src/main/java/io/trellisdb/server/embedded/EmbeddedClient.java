package io.trellisdb.server.embedded;

import io.trellisdb.protocol.embedded.EmbeddedConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** The client's end of a pipe. */
final class EmbeddedClient implements EmbeddedConnection {
    private final FramePipe pipe;
    private final Runnable leaving;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param leaving called once, by the first {@link #close} */
    EmbeddedClient(FramePipe pipe, Runnable leaving) {
        this.pipe = pipe;
        this.leaving = leaving;
    }

    @Override
    public void send(ByteBuffer frame) throws IOException {
        pipe.offer(frame);
    }

    @Override
    public ByteBuffer receive(long timeoutMillis) throws IOException {
        return pipe.receive(timeoutMillis);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pipe.leave();
            leaving.run();
        }
    }
}
