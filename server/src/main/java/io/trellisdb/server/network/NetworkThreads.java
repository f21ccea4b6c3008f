package io.trellisdb.server.network;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The event loops and buffers that a node's listeners share. Threads start with the first listener. */
public final class NetworkThreads implements AutoCloseable {
    /** Pages of 8 KiB, chunks of 1 MiB: a node with few clients holds little. */
    private static final int PAGE = 8 * 1024;

    private static final int MAX_ORDER = 7;
    private static final int SMALL_CACHE = 256;
    private static final int NORMAL_CACHE = 32;
    private static final long QUIET_MILLIS = 0;
    private static final long STOP_MILLIS = 5_000;

    private final EventLoopGroup loops;
    private final ByteBufAllocator buffers;
    private final boolean hasEpoll;

    /** @param name of the threads, before their number */
    public NetworkThreads(String name, int threads) {
        this.hasEpoll = Epoll.isAvailable();
        IoHandlerFactory handlers = hasEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
        this.buffers =
                new PooledByteBufAllocator(true, 0, threads, PAGE, MAX_ORDER, SMALL_CACHE, NORMAL_CACHE, false, 0);
    }

    public EventLoopGroup loops() {
        return loops;
    }

    public ByteBufAllocator buffers() {
        return buffers;
    }

    public Class<? extends ServerChannel> serverChannel() {
        return hasEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** What a listener that could not bind says. */
    public static TrellisException cannotListen(InetSocketAddress address, Throwable cause) {
        String where = address.getHostString() + ":" + address.getPort();
        boolean isInUse = String.valueOf(cause.getMessage()).contains("in use");
        return new TrellisException(
                ErrorCode.INVALID_CONFIGURATION,
                isInUse ? "address is in use by another process: " + where : "cannot listen on " + where + ": " + cause,
                cause);
    }

    /** Ends the threads after what they have to do; blocks for a bounded time. */
    @Override
    public void close() {
        loops.shutdownGracefully(QUIET_MILLIS, STOP_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * STOP_MILLIS);
    }
}
