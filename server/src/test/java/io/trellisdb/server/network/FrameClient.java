package io.trellisdb.server.network;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.FetchLimits;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.SessionKey;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A client that says exactly what a test wants. Confined to one thread. */
public final class FrameClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private long lastId;

    public FrameClient(InetSocketAddress address) throws IOException {
        this.socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(address, PATIENCE_MILLIS);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** A connection whose session stands. */
    public static FrameClient loggedIn(InetSocketAddress address) throws IOException {
        FrameClient client = new FrameClient(address);
        client.login(null);
        return client;
    }

    public Response.Welcome login(@Nullable SessionKey resume) throws IOException {
        send(hello(resume));
        return (Response.Welcome) receive().response();
    }

    public static Request.Hello hello(@Nullable SessionKey resume) {
        return new Request.Hello(1, 1, "test", "", "", 0, resume);
    }

    public static Request.ExecuteText text(String sql, long credit) {
        return new Request.ExecuteText(sql, new Batch(1), new GeneratedKeys.None(), new FetchLimits(credit, 0), null);
    }

    public long send(Request request) throws IOException {
        return send(request, 0);
    }

    public long send(Request request, long deadlineMillis) throws IOException {
        long id = ++lastId;
        ByteWriter bytes = new ByteWriter();
        FrameCodec.encode(new RequestFrame(id, 0, deadlineMillis, request), bytes);
        send(bytes.array(), bytes.position());
        return id;
    }

    public void send(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        out.flush();
    }

    /** The next answer; notices are passed over. */
    public ResponseFrame receive() throws IOException {
        while (true) {
            byte[] frame = new byte[in.readInt()];
            in.readFully(frame);
            ResponseFrame answer = FrameCodec.decodeResponse(ByteBuffer.wrap(frame));
            if (!(answer.response() instanceof Response.Notice)) {
                return answer;
            }
        }
    }

    /** Whether something has arrived that was not received yet. */
    public boolean hasAnswer() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Response ask(Request request) throws IOException {
        send(request);
        return receive().response();
    }

    /** Reads answers until the server has closed the connection. */
    public void awaitEnd() throws IOException {
        try {
            while (true) {
                receive();
            }
        } catch (EOFException e) {
            // as expected
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
