package io.trellisdb.coordination.bdbje;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The way of connections from one node to another: a proxy that can delay bytes or let them vanish, in each direction for
 * itself. What vanished does not come back: connections that lost bytes are closed when the link heals.
 */
final class Link implements Closeable {
    private static final int BUFFER_LENGTH = 16 << 10;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final List<Socket> sockets = new ArrayList<>();
    private boolean forwardIsCut;
    private boolean backwardIsCut;
    private Duration delay = Duration.ZERO;

    private Link(ServerSocket listener, InetSocketAddress target) {
        this.listener = listener;
        this.target = target;
    }

    static Link open(InetAddress from, int port, InetSocketAddress target) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(from, port));
            Link link = new Link(listener, target);
            start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that vanish: towards the target of connections, and back. */
    void cut(boolean forward, boolean backward) {
        synchronized (this) {
            forwardIsCut = forward;
            backwardIsCut = backward;
        }
        if (!forward && !backward) {
            closeConnections();
        }
    }

    synchronized void delay(Duration oneWay) {
        delay = oneWay;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeConnections();
    }

    private void closeConnections() {
        List<Socket> all;
        synchronized (this) {
            all = List.copyOf(sockets);
            sockets.clear();
        }
        all.forEach(Link::closeQuietly);
    }

    private void accept() {
        while (true) {
            Socket near;
            try {
                near = listener.accept();
            } catch (IOException e) {
                return;
            }
            Socket far = new Socket();
            try {
                far.connect(target, 2_000);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
            } catch (IOException e) {
                closeQuietly(near);
                continue;
            }
            synchronized (this) {
                sockets.add(near);
                sockets.add(far);
            }
            start(() -> pump(near, far, true));
            start(() -> pump(far, near, false));
        }
    }

    private void pump(Socket from, Socket to, boolean isForward) {
        byte[] buffer = new byte[BUFFER_LENGTH];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0) {
                Duration wait = delay();
                if (!wait.isZero()) {
                    LockSupport.parkNanos(wait.toNanos());
                }
                if (!isCut(isForward)) {
                    out.write(buffer, 0, length);
                }
                length = in.read(buffer);
            }
        } catch (IOException e) {
            closeQuietly(to);
        }
        if (!isCut(isForward)) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private synchronized boolean isCut(boolean isForward) {
        return isForward ? forwardIsCut : backwardIsCut;
    }

    private synchronized Duration delay() {
        return delay;
    }

    private static void start(Runnable body) {
        Thread thread = new Thread(body, "link");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
            return;
        }
    }
}
