package io.trellisdb.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.trellisdb.server.network.NetworkThreads;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Accepts HTTP connections on one address. Started once. */
public final class HttpListener implements AutoCloseable {
    /** Connections at a time; one more is closed at once. */
    static final int MAX_CONNECTIONS = 64;

    private static final int MAX_LINE = 4 * 1024;
    private static final int MAX_HEADERS = 8 * 1024;
    private static final int BACKLOG = 64;

    private final NetworkThreads threads;
    private final HttpPages pages;
    private final AtomicInteger connections = new AtomicInteger();
    private @Nullable Channel channel;

    public HttpListener(NetworkThreads threads, HttpPages pages) {
        this.threads = threads;
        this.pages = pages;
    }

    /**
     * Serves from now on.
     *
     * @return where, with the port that was taken for port 0
     * @throws io.trellisdb.common.error.TrellisException INVALID_CONFIGURATION naming an address that cannot be taken
     */
    public InetSocketAddress start(InetSocketAddress address) {
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads.loops())
                .channel(threads.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, threads.buffers())
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel accepted) {
                        accepted.pipeline().addLast(new HttpServerCodec(limits), new HttpExchange(pages, connections));
                    }
                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw NetworkThreads.cannotListen(address, bound.cause());
        }
        Channel opened = bound.channel();
        channel = opened;
        return (InetSocketAddress) opened.localAddress();
    }

    @Override
    public void close() {
        Channel opened = channel;
        if (opened != null) {
            opened.close().awaitUninterruptibly();
        }
    }
}
