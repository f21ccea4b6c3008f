package io.trellisdb.server.network;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.server.session.SessionRegistry;
import io.trellisdb.server.session.SessionSurroundings;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Accepts clients on one address. Started once; closing refuses new connections, those that are here stay. */
public final class SqlListener implements AutoCloseable {
    /** Connections that the system may have accepted before the node has. */
    private static final int BACKLOG = 1024;

    private final NetworkThreads threads;
    private final SessionSurroundings sessions;
    private final SessionRegistry registry;
    private final NetworkLimits limits;
    private final ReceiveBudget budget;
    private final ThreadLocal<ByteWriter> writers = ThreadLocal.withInitial(ByteWriter::new);
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong sendBytes;
    private final AtomicInteger unauthenticated = new AtomicInteger();
    private final AtomicInteger lingering = new AtomicInteger();
    private @Nullable Channel channel;
    private @Nullable Future<?> checks;

    public SqlListener(
            NetworkThreads threads, SessionSurroundings sessions, SessionRegistry registry, NetworkLimits limits) {
        this.threads = threads;
        this.sessions = sessions;
        this.registry = registry;
        this.limits = limits;
        this.budget = new ReceiveBudget(limits.receiveBytes());
        this.sendBytes = new AtomicLong(limits.sendBytes());
    }

    /**
     * Takes the address; connections wait until {@link #accept}.
     *
     * @return where, with the port that was taken for port 0
     * @throws io.trellisdb.common.error.TrellisException INVALID_CONFIGURATION naming an address that cannot be taken
     */
    public InetSocketAddress bind(InetSocketAddress address) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads.loops())
                .channel(threads.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOCATOR, threads.buffers())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        accepted.pipeline().addLast(new ClientConnection(accepted, SqlListener.this));
                    }
                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw NetworkThreads.cannotListen(address, bound.cause());
        }
        Channel opened = bound.channel();
        channel = opened;
        checks = threads.loops().scheduleWithFixedDelay(this::check, 1, 1, TimeUnit.SECONDS);
        return (InetSocketAddress) opened.localAddress();
    }

    /** Serves those who wait and those who come. */
    public void accept() {
        Objects.requireNonNull(channel, "listener is not bound").config().setAutoRead(true);
    }

    private void check() {
        long now = System.nanoTime();
        connections.forEach(connection -> connection.check(now));
    }

    SessionSurroundings sessions() {
        return sessions;
    }

    SessionRegistry registry() {
        return registry;
    }

    NetworkLimits limits() {
        return limits;
    }

    ReceiveBudget budget() {
        return budget;
    }

    /** Bytes that all connections still may queue; below zero each has only little. */
    AtomicLong sendBytes() {
        return sendBytes;
    }

    ThreadLocal<ByteWriter> writers() {
        return writers;
    }

    ByteBufAllocator buffers() {
        return threads.buffers();
    }

    /** Counts a connection; false when too many others are logging in, and then it does not count as one of them. */
    boolean join(ClientConnection connection) {
        connections.add(connection);
        if (unauthenticated.incrementAndGet() > limits.unauthenticated()) {
            unauthenticated.decrementAndGet();
            return false;
        }
        return true;
    }

    void leaveLogin() {
        unauthenticated.decrementAndGet();
    }

    void leave(ClientConnection connection) {
        connections.remove(connection);
    }

    boolean mayLinger() {
        if (lingering.incrementAndGet() > NetworkLimits.LINGERING) {
            lingering.decrementAndGet();
            return false;
        }
        return true;
    }

    void lingered() {
        lingering.decrementAndGet();
    }

    /** Connections of clients, refused ones that still linger included. */
    public int connectionCount() {
        return connections.size();
    }

    /** Bytes of answers that may still wait for their clients. */
    public long freeSendBytes() {
        return sendBytes.get();
    }

    /** Bytes that requests may still take. */
    public long freeReceiveBytes() {
        return budget.freeBytes();
    }

    /** Stops listening, so that another process may take the address. */
    public void stopAccepting() {
        Channel opened = channel;
        if (opened != null) {
            opened.close().awaitUninterruptibly();
        }
    }

    /** Stops listening and closes what is left; sessions should have ended before. */
    @Override
    public void close() {
        stopAccepting();
        Future<?> scheduled = checks;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        connections.forEach(ClientConnection::close);
    }
}
