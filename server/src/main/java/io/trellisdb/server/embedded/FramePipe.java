package io.trellisdb.server.embedded;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.embedded.EmbeddedConnection;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.server.node.TrellisNode;
import io.trellisdb.server.session.ClientSession;
import io.trellisdb.server.session.LoginExchange;
import io.trellisdb.server.session.ResponseSink;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames between a client and its session within the process. Guarded by its lock, which is never held while a session is
 * called.
 */
final class FramePipe implements ResponseSink {
    /** Answers that may wait for the client before its session stops computing more. */
    private static final long OUTPUT_BYTES = 4L << 20;
    /** Requests that may be under way before the client waits. */
    private static final int PENDING_REQUESTS = 256;

    private static final long PENDING_BYTES = 16L << 20;

    private final LoginExchange login;
    private final Executor workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition handled = lock.newCondition();
    private final Queue<ByteBuffer> answers = new ArrayDeque<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private long queuedBytes;
    private int pendingRequests;
    private long pendingBytes;
    private @Nullable ClientSession session;
    /** The node says nothing more. */
    private boolean ended;
    /** The client has left. */
    private boolean closed;

    FramePipe(TrellisNode node) {
        this.workers = node.sessions().workers();
        this.login = new LoginExchange(node.sessions(), node.registry(), this, this::welcome);
    }

    private void welcome(ClientSession opened) {
        boolean isLate;
        lock.lock();
        try {
            session = opened;
            isLate = closed;
        } finally {
            lock.unlock();
        }
        if (isLate) {
            opened.close();
        }
    }

    /** As {@link EmbeddedConnection#send}. */
    void offer(ByteBuffer frame) throws IOException {
        int size = frame.remaining() - FrameCodec.LENGTH_BYTES;
        if (size < FrameCodec.HEADER_BYTES
                || size > FrameCodec.MAX_AFTER_LOGIN
                || frame.getInt(frame.position()) != size) {
            throw new IOException("not a whole frame: " + frame.remaining() + " bytes");
        }
        // A copy, because what is decoded may refer to it after the caller has its buffer back.
        byte[] bytes = new byte[size];
        frame.get(frame.position() + FrameCodec.LENGTH_BYTES, bytes);
        take(awaitRoom(size), ByteBuffer.wrap(bytes));
    }

    private @Nullable ClientSession awaitRoom(int size) throws IOException {
        lock.lock();
        try {
            while (!closed && !ended && (pendingRequests >= PENDING_REQUESTS || pendingBytes >= PENDING_BYTES)) {
                handled.await();
            }
            if (closed || ended) {
                throw new IOException("connection is closed");
            }
            if (session != null) {
                pendingRequests++;
                pendingBytes += size;
            }
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while sending").initCause(e);
        } finally {
            lock.unlock();
        }
    }

    private void take(@Nullable ClientSession open, ByteBuffer frame) {
        int size = frame.remaining();
        RequestFrame request;
        try {
            request = FrameCodec.decodeRequest(frame);
        } catch (TrellisException e) {
            if (open == null) {
                login.refuse(FrameCodec.requestId(frame), e);
            } else if (e.code() == ErrorCode.PROTOCOL_VIOLATION) {
                handled(size);
                open.end(FrameCodec.requestId(frame), e);
            } else {
                open.receive(FrameCodec.requestId(frame), e, size);
            }
            return;
        }
        if (open == null) {
            login.receive(request);
        } else {
            open.receive(request, size);
        }
    }

    @Override
    public void handled(int sizeBytes) {
        lock.lock();
        try {
            pendingRequests--;
            pendingBytes -= sizeBytes;
            handled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link EmbeddedConnection#receive}. */
    ByteBuffer receive(long timeoutMillis) throws IOException {
        List<Runnable> woken = List.of();
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (answers.isEmpty()) {
                if (closed) {
                    throw new IOException("connection is closed");
                }
                if (ended) {
                    throw new EOFException("the node has closed the connection");
                }
                if (timeoutMillis == 0) {
                    arrived.await();
                } else if (left <= 0) {
                    throw new SocketTimeoutException("no answer within " + timeoutMillis + " ms");
                } else {
                    left = arrived.awaitNanos(left);
                }
            }
            ByteBuffer answer = answers.remove();
            queuedBytes -= answer.remaining();
            if (queuedBytes < OUTPUT_BYTES) {
                woken = takeWaiting();
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted while receiving").initCause(e);
        } finally {
            lock.unlock();
            woken.forEach(Runnable::run);
        }
    }

    private List<Runnable> takeWaiting() {
        List<Runnable> woken = List.copyOf(waiting);
        waiting.clear();
        return woken;
    }

    @Override
    public void send(ResponseFrame frame) {
        ByteBuffer bytes;
        try {
            bytes = FrameCodec.encode(frame);
        } catch (TrellisException e) {
            bytes = FrameCodec.encode(new ResponseFrame(
                    frame.id(),
                    frame.tableVersion(),
                    frame.catalogVersion(),
                    frame.transaction(),
                    Response.Failure.of(e)));
        }
        lock.lock();
        try {
            if (!ended && !closed) {
                answers.add(bytes);
                queuedBytes += bytes.remaining();
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isWritable() {
        lock.lock();
        try {
            return ended || closed || queuedBytes < OUTPUT_BYTES;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void whenWritable(Runnable action) {
        lock.lock();
        try {
            if (!ended && !closed && queuedBytes >= OUTPUT_BYTES) {
                waiting.add(action);
                return;
            }
        } finally {
            lock.unlock();
        }
        action.run();
    }

    @Override
    public void runSoon(Runnable action) {
        try {
            workers.execute(action);
        } catch (RejectedExecutionException e) {
            action.run();
        }
    }

    @Override
    public boolean runsQuickRequests() {
        return false;
    }

    @Override
    public String clientAddress() {
        return "";
    }

    @Override
    public void close() {
        end(false);
    }

    /** The client is gone: its session ends, and what was not received is dropped. */
    void leave() {
        end(true);
        ClientSession open;
        lock.lock();
        try {
            open = session;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.close();
        }
    }

    private void end(boolean byClient) {
        List<Runnable> woken;
        lock.lock();
        try {
            ended = true;
            if (byClient) {
                closed = true;
                answers.clear();
            }
            woken = takeWaiting();
            arrived.signalAll();
            handled.signalAll();
        } finally {
            lock.unlock();
        }
        woken.forEach(Runnable::run);
    }
}
