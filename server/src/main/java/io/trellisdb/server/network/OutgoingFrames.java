package io.trellisdb.server.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
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

/**
 * Answers on their way to one client, encoded, in the order in which they were sent. Any thread may send; the event loop
 * writes what has gathered and flushes once.
 */
final class OutgoingFrames {
    private static final int KEPT_BUFFER = 1 << 20;

    private final Channel channel;
    private final ThreadLocal<ByteWriter> writers;
    private final Queue<ByteBuf> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<Runnable> waiting = new ArrayList<>();
    /** When a byte last left, or the first one began to wait. */
    private volatile long progressNanos;

    private volatile boolean closed;
    /** Confined to the event loop. */
    private boolean flushFollows;

    /** @param writers buffers of the threads that send, shared by all connections */
    OutgoingFrames(Channel channel, ThreadLocal<ByteWriter> writers) {
        this.channel = channel;
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
        ByteBuf bytes = channel.alloc().directBuffer(size, size);
        bytes.writeBytes(out.array(), 0, size);
        if (size > KEPT_BUFFER) {
            writers.remove();
        }
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
        if (queuedBytes.addAndGet(-size) < NetworkLimits.OUTPUT_BYTES) {
            wake();
        }
    }

    boolean isWritable() {
        return closed || queuedBytes.get() < NetworkLimits.OUTPUT_BYTES;
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
            queuedBytes.addAndGet(-bytes.readableBytes());
            bytes.release();
        }
        wake();
    }
}
