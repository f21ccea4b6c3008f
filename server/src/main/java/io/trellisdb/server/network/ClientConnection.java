package io.trellisdb.server.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.server.session.ClientSession;
import io.trellisdb.server.session.LoginExchange;
import io.trellisdb.server.session.ResponseSink;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: bytes to frames to its session. Confined to its event loop, but for what {@link ResponseSink}
 * offers and {@link #check}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // how closing a connection ends tells nobody anything
final class ClientConnection extends ByteToMessageDecoder implements ResponseSink {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

    private final Channel channel;
    private final SqlListener listener;
    private final OutgoingFrames outgoing;
    private final LoginExchange login;
    private final AtomicInteger pendingRequests = new AtomicInteger();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable ClientSession session;
    private boolean countedAsUnauthenticated;
    private boolean lingering;
    /** Written on the event loop only. */
    private volatile boolean paused;
    /** Bytes of the budget that the frame that is arriving has. */
    private int taken;

    private boolean waitsForBudget;
    /** When the frame that is arriving was first seen unfinished; 0 when none is, or it is not being read. */
    private volatile long frameNanos;

    /** Its bytes so far, and how many there were at first. */
    private volatile int frameBytes;

    private volatile int frameBytesAtFirst;

    ClientConnection(Channel channel, SqlListener listener) {
        this.channel = channel;
        this.listener = listener;
        this.outgoing = new OutgoingFrames(channel, listener.writers(), listener.sendBytes());
        this.login = new LoginExchange(listener.sessions(), listener.registry(), this, this::welcome);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        if (!listener.join(this)) {
            refuse(
                    0,
                    new TrellisException(
                            ErrorCode.TOO_MANY_CONNECTIONS,
                            "too many connections are logging in: connections.unauthenticated is "
                                    + listener.limits().unauthenticated() + ", try again later"));
        } else {
            countedAsUnauthenticated = true;
            context.executor()
                    .schedule(this::endLogin, listener.limits().loginTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }
        super.channelActive(context);
    }

    private void endLogin() {
        if (session == null) {
            refuse(0, new TrellisException(ErrorCode.CONNECTION_REJECTED, "login took too long"));
        }
    }

    /** From any thread: the login has made a session, of which the client has not heard yet. */
    private void welcome(ClientSession opened) {
        session = opened;
        leaveLogin();
        if (closing.get()) {
            opened.close();
        }
    }

    private void leaveLogin() {
        if (channel.eventLoop().inEventLoop()) {
            if (countedAsUnauthenticated) {
                countedAsUnauthenticated = false;
                listener.leaveLogin();
            }
        } else {
            channel.eventLoop().execute(this::leaveLogin);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (closing.get()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (paused || waitsForBudget || in.readableBytes() < FrameCodec.LENGTH_BYTES) {
            return;
        }
        ClientSession open = session;
        int length = in.getInt(in.readerIndex());
        try {
            FrameCodec.checkLength(length, open == null ? FrameCodec.MAX_BEFORE_LOGIN : FrameCodec.MAX_AFTER_LOGIN);
        } catch (TrellisException e) {
            refuse(0, e);
            return;
        }
        if (in.readableBytes() - FrameCodec.LENGTH_BYTES < length) {
            await(length, in.readableBytes());
            return;
        }
        frameNanos = 0;
        ByteBuffer frame = in.nioBuffer(in.readerIndex() + FrameCodec.LENGTH_BYTES, length);
        in.skipBytes(FrameCodec.LENGTH_BYTES + length);
        take(open, frame, length);
    }

    /** A frame has begun to arrive. */
    private void await(int length, int arrived) {
        frameBytes = arrived;
        if (frameNanos == 0) {
            frameBytesAtFirst = arrived;
            frameNanos = System.nanoTime();
        }
        if (length > NetworkLimits.SMALL_FRAME && taken == 0) {
            if (listener.budget().take(length, () -> channel.eventLoop().execute(this::retryBudget))) {
                taken = length;
            } else {
                waitsForBudget = true;
                frameNanos = 0;
                channel.config().setAutoRead(false);
            }
        }
    }

    private void retryBudget() {
        if (waitsForBudget) {
            waitsForBudget = false;
            readOn();
        }
    }

    private void take(@Nullable ClientSession open, ByteBuffer frame, int length) {
        RequestFrame request;
        try {
            request = FrameCodec.decodeRequest(frame);
        } catch (TrellisException e) {
            if (open == null || e.code() == ErrorCode.PROTOCOL_VIOLATION) {
                refuse(FrameCodec.requestId(frame), e);
                return;
            }
            count(length);
            open.receive(FrameCodec.requestId(frame), e, length);
            return;
        } catch (RuntimeException e) {
            LOG.error("request could not be decoded by a defect: {}", clientAddress(), e);
            refuse(
                    FrameCodec.requestId(frame),
                    new TrellisException(ErrorCode.INTERNAL, "request could not be decoded by a defect: " + e, e));
            return;
        }
        if (open == null) {
            login.receive(request);
        } else {
            count(length);
            open.receive(request, length);
        }
    }

    /** The request is the session's until {@link #handled}; enough of them stop the reading. */
    private void count(int length) {
        if (taken == 0) {
            // Small, or arrived in one piece: nobody asked whether there was room, and it counts all the same.
            listener.budget().force(length);
        }
        taken = 0;
        int requests = pendingRequests.incrementAndGet();
        long bytes = pendingBytes.addAndGet(length);
        if (requests >= NetworkLimits.PENDING_REQUESTS
                || bytes >= NetworkLimits.PENDING_BYTES
                || bytes >= NetworkLimits.SMALL_FRAME && listener.budget().isExhausted()) {
            paused = true;
            frameNanos = 0;
            channel.config().setAutoRead(false);
            if (isRelaxed()) {
                // handled before it was marked as paused: nobody else would wake it
                channel.eventLoop().execute(this::unpause);
            }
        }
    }

    @Override
    public void runSoon(Runnable action) {
        try {
            channel.eventLoop().execute(action);
        } catch (RejectedExecutionException e) {
            // the node has stopped: nobody else will
            action.run();
        }
    }

    @Override
    public void handled(int sizeBytes) {
        listener.budget().giveBack(sizeBytes);
        pendingBytes.addAndGet(-sizeBytes);
        pendingRequests.decrementAndGet();
        if (paused && isRelaxed()) {
            channel.eventLoop().execute(this::unpause);
        }
    }

    /** Whether so little is left to do that more may be read. */
    private boolean isRelaxed() {
        long most = listener.budget().isExhausted() ? NetworkLimits.SMALL_FRAME : NetworkLimits.PENDING_BYTES / 2;
        return pendingRequests.get() <= NetworkLimits.PENDING_REQUESTS / 2 && pendingBytes.get() <= most;
    }

    private void unpause() {
        if (paused && isRelaxed()) {
            paused = false;
            readOn();
        }
    }

    /** Decodes what has arrived meanwhile, then reads. */
    private void readOn() {
        if (!paused && !waitsForBudget && channel.isActive()) {
            channel.config().setAutoRead(true);
            channel.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER);
            channel.pipeline().fireChannelReadComplete();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        outgoing.expectFlush();
        super.channelRead(context, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        outgoing.flush();
    }

    private void refuse(long id, TrellisException failure) {
        if (closing.get()) {
            return;
        }
        ClientSession open = session;
        if (open == null) {
            login.refuse(id, failure);
        } else {
            open.end(id, failure);
        }
        outgoing.flush();
    }

    @Override
    public void send(ResponseFrame frame) {
        outgoing.send(frame);
    }

    @Override
    public boolean isWritable() {
        return outgoing.isWritable();
    }

    @Override
    public void whenWritable(Runnable action) {
        outgoing.whenWritable(action);
    }

    @Override
    public boolean runsQuickRequests() {
        return true;
    }

    /** Closes after what was sent; a client that is still sending gets a moment to read it. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            outgoing.close(sent -> linger());
        }
    }

    private void linger() {
        if (!channel.isActive() || !listener.mayLinger()) {
            channel.close();
            return;
        }
        lingering = true;
        leaveLogin();
        // Closing a socket that has unread bytes would reset the connection, and the client might not see the refusal.
        ((DuplexChannel) channel).shutdownOutput();
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule(() -> channel.close(), NetworkLimits.LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        closing.set(true);
        super.channelInactive(context);
        listener.leave(this);
        leaveLogin();
        if (lingering) {
            listener.lingered();
        }
        if (taken > 0) {
            listener.budget().giveBack(taken);
            taken = 0;
        }
        waitsForBudget = false;
        outgoing.discard();
        ClientSession open = session;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset by the peer is how clients die; anything else would be ours.
        if (!(cause instanceof java.io.IOException)) {
            LOG.error("connection failed by a defect: {}", clientAddress(), cause);
        }
        context.close();
    }

    /** Closes a client that stopped reading, or sends a frame too slowly. From any thread, now and then. */
    void check(long nowNanos) {
        if (outgoing.isStalled(nowNanos, NetworkLimits.STALL.toNanos()) || isTrickling(nowNanos)) {
            LOG.warn("connection was closed because the client stalled: {}", clientAddress());
            channel.close();
        }
    }

    private boolean isTrickling(long nowNanos) {
        long began = frameNanos;
        long counted = nowNanos - began - NetworkLimits.FRAME_GRACE.toNanos();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(counted);
        return began != 0
                && seconds > 0
                && frameBytes - frameBytesAtFirst < seconds * NetworkLimits.FRAME_BYTES_PER_SECOND;
    }

    @Override
    public String clientAddress() {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "";
    }
}
