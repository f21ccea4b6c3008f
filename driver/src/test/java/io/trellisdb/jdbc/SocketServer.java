package io.trellisdb.jdbc;

import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.TransactionState;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A scripted server on a loopback port of its own, one thread for each connection. */
final class SocketServer implements AutoCloseable {
    private final ScriptedServer server;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean isStopped;

    private SocketServer(ScriptedServer server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    static SocketServer start(ScriptedServer.Script script) throws IOException {
        return start(new ScriptedServer(script));
    }

    static SocketServer start(ScriptedServer server) throws IOException {
        SocketServer started = new SocketServer(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        start(started::accept, "scripted server");
        return started;
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    ScriptedServer scripted() {
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** A URL of this server with properties such as {@code failoverTimeout=1s}. */
    String url(String... properties) {
        return "jdbc:trellis://127.0.0.1:" + port() + "/?" + String.join("&", properties);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                if (isStopped) {
                    // a connection that was under way when the listener was closed may still come through
                    socket.close();
                }
                start(() -> serve(socket), "scripted connection");
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            SocketPeer peer = new SocketPeer(socket);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            boolean isOpen = true;
            while (isOpen && !isStopped) {
                byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                isOpen = server.serve(peer, FrameCodec.decodeRequest(ByteBuffer.wrap(frame)));
            }
        } catch (IOException e) {
            // the client or the script closed the connection
        }
    }

    /** Breaks all connections and refuses new ones, as a killed process does. */
    void stop() throws IOException {
        isStopped = true;
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private static final class SocketPeer implements Peer {
        private final Socket socket;
        private TransactionState transaction = TransactionState.NONE;

        SocketPeer(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void reply(RequestFrame request, Response... responses) throws IOException {
            for (Response response : responses) {
                ByteBuffer frame = FrameCodec.encode(new ResponseFrame(request.id(), 1, 1, transaction, response));
                socket.getOutputStream().write(frame.array(), frame.arrayOffset(), frame.remaining());
            }
        }

        @Override
        public void transaction(TransactionState state) {
            transaction = state;
        }

        @Override
        public void drop() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
