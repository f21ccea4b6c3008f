package io.trellisdb.jdbc.wire;

import io.trellisdb.jdbc.url.HostPort;
import io.trellisdb.protocol.FrameCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Frames over a blocking TCP socket. */
final class SocketChannelFrames implements FrameChannel {
    /** Room for many small answers, so that most of them cost one system call. */
    private static final int BUFFER_BYTES = 64 * 1024;
    /** A silent peer is asked for a sign of life after this many seconds, and given up after three times ten more. */
    private static final int KEEP_ALIVE_IDLE_SECONDS = 30;

    private static final int KEEP_ALIVE_INTERVAL_SECONDS = 10;
    private static final int KEEP_ALIVE_COUNT = 3;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private int timeoutMillis;

    private SocketChannelFrames(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    static SocketChannelFrames connect(HostPort address, int connectTimeoutMillis) throws IOException {
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw new UnknownHostException("host is unknown: " + address.host());
        }
        Socket socket = new Socket();
        try {
            socket.connect(resolved, connectTimeoutMillis);
            socket.setTcpNoDelay(true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            setIfKnown(socket, "TCP_KEEPIDLE", KEEP_ALIVE_IDLE_SECONDS);
            setIfKnown(socket, "TCP_KEEPINTERVAL", KEEP_ALIVE_INTERVAL_SECONDS);
            setIfKnown(socket, "TCP_KEEPCOUNT", KEEP_ALIVE_COUNT);
            return new SocketChannelFrames(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** By name: these options are the JDK's, but not every Java's. */
    @SuppressWarnings("unchecked")
    private static void setIfKnown(Socket socket, String name, int value) throws IOException {
        for (SocketOption<?> option : socket.supportedOptions()) {
            if (option.name().equals(name) && option.type() == Integer.class) {
                socket.setOption((SocketOption<Integer>) option, value);
            }
        }
    }

    @Override
    public void send(ByteBuffer frame) throws IOException {
        out.write(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining());
    }

    @Override
    public ByteBuffer receive(long timeout) throws IOException {
        int wanted = (int) Math.min(timeout, Integer.MAX_VALUE);
        if (wanted != timeoutMillis) {
            socket.setSoTimeout(wanted);
            timeoutMillis = wanted;
        }
        fill(FrameCodec.LENGTH_BYTES);
        try {
            return receiveBody();
        } catch (SocketTimeoutException e) {
            // what was read of the frame is lost, so that this channel cannot go on
            throw new IOException("server stopped in the middle of a frame", e);
        }
    }

    private ByteBuffer receiveBody() throws IOException {
        int length = ByteBuffer.wrap(buffer, position, FrameCodec.LENGTH_BYTES).getInt();
        FrameCodec.checkLength(length, FrameCodec.MAX_AFTER_LOGIN);
        position += FrameCodec.LENGTH_BYTES;
        if (length > buffer.length) {
            return ByteBuffer.wrap(readLarge(length));
        }
        fill(length);
        // vectors never share the frame's array, so that the buffer may be overwritten by the next frame
        ByteBuffer frame = ByteBuffer.wrap(buffer, position, length);
        position += length;
        return frame;
    }

    /** Makes {@code count} bytes available from {@code position} on. */
    private void fill(int count) throws IOException {
        if (buffer.length - position < count) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        while (limit - position < count) {
            limit += read(buffer, limit, buffer.length - limit);
        }
    }

    private byte[] readLarge(int length) throws IOException {
        byte[] frame = new byte[length];
        int done = Math.min(limit - position, length);
        System.arraycopy(buffer, position, frame, 0, done);
        position += done;
        while (done < length) {
            done += read(frame, done, length - done);
        }
        return frame;
    }

    private int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count < 0) {
            throw new EOFException("server closed the connection");
        }
        return count;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to be done with it
        }
    }
}
