package io.trellisdb.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One request and its answer; then the connection is closed. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // how closing a connection ends tells nobody anything
final class HttpExchange extends ChannelInboundHandlerAdapter {
    /** The longest life of a connection, slow requests and slow readers included. */
    private static final int SECONDS_MAX = 10;

    private final HttpPages pages;
    private final AtomicInteger connections;
    private boolean answered;

    HttpExchange(HttpPages pages, AtomicInteger connections) {
        this.pages = pages;
        this.connections = connections;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (connections.incrementAndGet() > HttpListener.MAX_CONNECTIONS) {
            context.close();
        } else {
            context.executor().schedule(() -> context.close(), SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.decrementAndGet();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request && !answered) {
                answered = true;
                answer(context, request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        FullHttpResponse response;
        if (request.decoderResult().isFailure()) {
            response = text(HttpResponseStatus.BAD_REQUEST, "not an HTTP request");
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            response = text(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET is served here");
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        } else {
            response = page(request.uri());
        }
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (request.method().equals(HttpMethod.HEAD)) {
            response = response.replace(Unpooled.EMPTY_BUFFER);
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private FullHttpResponse page(String uri) {
        int query = uri.indexOf('?');
        return switch (query < 0 ? uri : uri.substring(0, query)) {
            case "/health/live" -> health(pages.failure(), "live");
            case "/health/ready" -> health(pages.notReady(), "ready");
            case "/metrics" ->
                response(HttpResponseStatus.OK, "text/plain; version=0.0.4; charset=utf-8", pages.metrics());
            case "/" -> text(HttpResponseStatus.OK, "Trellis: /health/live, /health/ready, /metrics");
            default -> text(HttpResponseStatus.NOT_FOUND, "no such page");
        };
    }

    private static FullHttpResponse health(Optional<String> problem, String otherwise) {
        return text(
                problem.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                problem.orElse(otherwise));
    }

    private static FullHttpResponse text(HttpResponseStatus status, String line) {
        return response(status, "text/plain; charset=utf-8", line + "\n");
    }

    private static FullHttpResponse response(HttpResponseStatus status, String type, String body) {
        ByteBuf content = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
