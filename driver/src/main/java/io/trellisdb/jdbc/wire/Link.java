package io.trellisdb.jdbc.wire;

import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.jdbc.url.HostPort;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.message.ResponseFrame;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One login on one channel. Exchanges may be open side by side: an answer that comes while another is waited for is kept until
 * it is asked for, bounded by the credit that was given. Guarded by the session's lock, but for {@link #close}.
 */
final class Link {
    private static final int WRITER_KEEP_BYTES = 1024 * 1024;

    private final FrameChannel channel;
    private final @Nullable HostPort address;
    private final LinkOwner owner;
    private final Response.Welcome welcome;
    private final Map<Long, Queue<ResponseFrame>> early = new HashMap<>();
    private final Set<Long> abandoned = new HashSet<>();
    private ByteWriter out = new ByteWriter(1024);
    private long lastId;
    private long tableVersion;
    private volatile boolean isClosed;

    /** Takes over a channel on which a login used the ids up to {@code lastId}; {@code owner} sees every frame first. */
    Link(FrameChannel channel, @Nullable HostPort address, Response.Welcome welcome, long lastId, LinkOwner owner) {
        this.channel = channel;
        this.address = address;
        this.welcome = welcome;
        this.lastId = lastId;
        this.owner = owner;
        this.tableVersion = welcome.table().version();
    }

    Response.Welcome welcome() {
        return welcome;
    }

    /** Null for an embedded node. */
    @Nullable
    HostPort address() {
        return address;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Sends a request and returns its id, by which its answers are {@link #receive received}. */
    long send(Request request, long deadlineMillis) throws IOException {
        long id = ++lastId;
        out.reset();
        FrameCodec.encode(new RequestFrame(id, tableVersion, deadlineMillis, request), out);
        channel.send(out.asByteBuffer());
        if (out.array().length > WRITER_KEEP_BYTES) {
            out = new ByteWriter(1024);
        }
        return id;
    }

    /**
     * The next answer to a request.
     *
     * @param timeoutMillis 0 waits as long as the server gives signs of life
     * @throws SocketTimeoutException if it did not come in time; the link is then useless
     */
    ResponseFrame receive(long id, long timeoutMillis) throws IOException {
        Queue<ResponseFrame> queue = early.get(id);
        if (queue != null) {
            ResponseFrame frame = queue.remove();
            if (queue.isEmpty()) {
                early.remove(id);
            }
            return frame;
        }
        long end = System.nanoTime() + timeoutMillis * 1_000_000;
        long left = timeoutMillis;
        while (true) {
            ResponseFrame frame = read(left);
            if (frame.id() == id && !(frame.response() instanceof Response.Notice)) {
                return frame;
            }
            setAside(frame);
            if (timeoutMillis > 0) {
                left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
            }
        }
    }

    private ResponseFrame read(long timeoutMillis) throws IOException {
        ResponseFrame frame;
        try {
            frame = FrameCodec.decodeResponse(timeoutMillis > 0 ? channel.receive(timeoutMillis) : receivePatiently());
        } catch (TrellisException e) {
            throw new IOException(e.getMessage(), e);
        }
        tableVersion = Math.max(tableVersion, frame.tableVersion());
        owner.onFrame(frame);
        return frame;
    }

    private ByteBuffer receivePatiently() throws IOException {
        while (true) {
            try {
                return channel.receive(owner.patienceMillis());
            } catch (SocketTimeoutException e) {
                if (!owner.isServerAlive(address)) {
                    throw new IOException("server is silent and accepts no other connection", e);
                }
            }
        }
    }

    private void setAside(ResponseFrame frame) throws IOException {
        if (frame.response() instanceof Response.Notice) {
            return;
        }
        if (frame.id() < 1 || frame.id() > lastId) {
            throw new IOException("server answered a request that was not sent: " + frame.id());
        }
        if (!abandoned.contains(frame.id())) {
            early.computeIfAbsent(frame.id(), id -> new ArrayDeque<>()).add(frame);
        } else if (isLast(frame.response())) {
            abandoned.remove(frame.id());
        }
    }

    /** Whether an answer ends the exchange of its request. */
    static boolean isLast(Response response) {
        return !(response instanceof RowBatch rows && rows.progress() == Progress.MORE);
    }

    /** Nobody will ask for further answers to this request, whose last one has not been received. */
    void abandon(long id) {
        Queue<ResponseFrame> queue = early.remove(id);
        boolean isOver = queue != null && queue.stream().anyMatch(frame -> isLast(frame.response()));
        if (!isOver) {
            abandoned.add(id);
        }
    }

    void close() {
        isClosed = true;
        channel.close();
    }

    /** Turns a violation of the protocol into the exception that a broken connection raises. */
    static IOException unexpected(Response response) {
        return new IOException(
                "server answered with something else: " + response.getClass().getSimpleName(),
                new TrellisException(ErrorCode.PROTOCOL_VIOLATION, "unexpected answer"));
    }
}
