package io.trellisdb.server.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.internal.OutOfDirectMemoryError;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on their way to one client, encoded, in the order in which they were sent. Any thread may send; the event loop
 * writes what has gathered and flushes once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // how closing a connection ends tells nobody anything
final class OutgoingFrames {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingFrames.class);

    private static final int KEPT_BUFFER = 1 << 20;

    private final Channel channel;
    private final ThreadLocal<ByteWriter> writers;
    private final Queue<ByteBuf> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    /** What all connections still may queue. */
    private final AtomicLong shared;

    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<Runnable> waiting = new ArrayList<>();
    /** When a byte last left, or the first one began to wait. */
    private volatile long progressNanos;

    private volatile boolean closed;
    /** Confined to the event loop. */
    private boolean flushFollows;

    /**
     * @param writers buffers of the threads that send, shared by all connections
     * @param shared bytes that all connections still may queue
     */
    OutgoingFrames(Channel channel, ThreadLocal<ByteWriter> writers, AtomicLong shared) {
        this.channel = channel;
        this.shared = shared;
        this.writers = writers;
    }

    /** Queues a frame; one that is too large becomes a failure of its request. */
    void send(ResponseFrame frame) {
        if (closed) {
            return;
        }
        ByteWriter out = writers.get();
        out.reset();
        try {
            FrameCodec.encode(frame, out);
        } catch (TrellisException e) {
            out.reset();
            Response failure = Response.Failure.of(e);
            FrameCodec.encode(
                    new ResponseFrame(
                            frame.id(), frame.tableVersion(), frame.catalogVersion(), frame.transaction(), failure),
                    out);
        }
        int size = out.position();
        ByteBuf bytes;
        try {
            bytes = channel.alloc().directBuffer(size, size);
        } catch (OutOfDirectMemoryError e) {
            // Others still have theirs: this client has to come again.
            LOG.warn("connection was closed because there is no memory for its answer: {} bytes", size);
            channel.close();
            return;
        }
        bytes.writeBytes(out.array(), 0, size);
        if (size > KEPT_BUFFER) {
            writers.remove();
        }
        shared.addAndGet(-size);
        if (queuedBytes.getAndAdd(size) == 0) {
            progressNanos = System.nanoTime();
        }
        queue.add(bytes);
        if (scheduled.compareAndSet(false, true) && !(channel.eventLoop().inEventLoop() && flushFollows)) {
            channel.eventLoop().execute(this::flush);
        }
    }

    /** The event loop is reading: it will flush when it has read, so that all answers leave together. */
    void expectFlush() {
        flushFollows = true;
    }

    /** Writes what has gathered; on the event loop. */
    void flush() {
        flushFollows = false;
        scheduled.set(false);
        boolean any = false;
        for (ByteBuf bytes = queue.poll(); bytes != null; bytes = queue.poll()) {
            int size = bytes.readableBytes();
            channel.write(bytes).addListener(done -> left(size));
            any = true;
        }
        if (any) {
            channel.flush();
        }
    }

    private void left(int size) {
        progressNanos = System.nanoTime();
        shared.addAndGet(size);
        queuedBytes.addAndGet(-size);
        if (isWritable()) {
            wake();
        }
    }

    boolean isWritable() {
        long queued = queuedBytes.get();
        return closed || queued < NetworkLimits.SMALL_FRAME || queued < NetworkLimits.OUTPUT_BYTES && shared.get() > 0;
    }

    /** Runs the action once, as soon as {@link #isWritable}. */
    void whenWritable(Runnable action) {
        synchronized (waiting) {
            if (!isWritable()) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }

    private void wake() {
        List<Runnable> woken;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                return;
            }
            woken = List.copyOf(waiting);
            waiting.clear();
        }
        woken.forEach(Runnable::run);
    }

    /** Whether the client has read nothing for that long although something waits for it. */
    boolean isStalled(long nowNanos, long stallNanos) {
        return queuedBytes.get() > 0 && nowNanos - progressNanos > stallNanos;
    }

    /** Takes no more; what is queued is written, and {@code last} is notified when it has left. */
    void close(@Nullable ChannelFutureListener last) {
        closed = true;
        wake();
        channel.eventLoop().execute(() -> {
            flush();
            if (last != null) {
                channel.writeAndFlush(channel.alloc().buffer(0)).addListener(last);
            }
        });
    }

    /** The connection is gone: frees what is queued. On the event loop. */
    void discard() {
        closed = true;
        for (ByteBuf bytes = queue.poll(); bytes != null; bytes = queue.poll()) {
            shared.addAndGet(bytes.readableBytes());
            queuedBytes.addAndGet(-bytes.readableBytes());
            bytes.release();
        }
        wake();
    }
}
