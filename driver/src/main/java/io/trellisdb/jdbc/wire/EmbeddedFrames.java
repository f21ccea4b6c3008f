package io.trellisdb.jdbc.wire;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.url.ConnectionTarget;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.embedded.EmbeddedConnection;
import io.trellisdb.protocol.embedded.EmbeddedDoor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Frames to a node in this process. */
final class EmbeddedFrames implements FrameChannel {
    private final EmbeddedConnection connection;

    private EmbeddedFrames(EmbeddedConnection connection) {
        this.connection = connection;
    }

    static EmbeddedFrames open(ConnectionTarget.Embedded target) throws SQLException {
        EmbeddedDoor door = door();
        try {
            return new EmbeddedFrames(door.open(target.target(), target.settings()));
        } catch (TrellisException e) {
            throw SqlErrors.of(e);
        }
    }

    private static EmbeddedDoor door() throws SQLException {
        // the driver's own loader knows the server's jar when both lie on one class path; the thread's, in an
        // application server
        for (ClassLoader loader : new ClassLoader[] {
            EmbeddedFrames.class.getClassLoader(), Thread.currentThread().getContextClassLoader()
        }) {
            Iterator<EmbeddedDoor> doors =
                    ServiceLoader.load(EmbeddedDoor.class, loader).iterator();
            try {
                if (doors.hasNext()) {
                    return doors.next();
                }
            } catch (ServiceConfigurationError e) {
                throw SqlErrors.of(ErrorCode.CANNOT_CONNECT, "embedded node cannot be loaded: " + e.getMessage(), e);
            }
        }
        throw SqlErrors.of(
                ErrorCode.CANNOT_CONNECT,
                "embedded node is not on the class path: add the jar trellis-server, or connect to a server by"
                        + " jdbc:trellis://host:port/");
    }

    @Override
    public void send(ByteBuffer frame) throws IOException {
        connection.send(frame);
    }

    @Override
    public ByteBuffer receive(long timeoutMillis) throws IOException {
        ByteBuffer frame = connection.receive(timeoutMillis);
        frame.position(frame.position() + FrameCodec.LENGTH_BYTES);
        return frame;
    }

    @Override
    public void close() {
        connection.close();
    }
}
