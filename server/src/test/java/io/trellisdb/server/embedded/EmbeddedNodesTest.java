package io.trellisdb.server.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.embedded.EmbeddedConnection;
import io.trellisdb.protocol.embedded.EmbeddedDoor;
import io.trellisdb.protocol.embedded.EmbeddedTarget;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.network.FrameClient;
import io.trellisdb.server.node.TrellisNode;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedNodesTest {
    @TempDir
    private Path directory;

    private final EmbeddedDoor door =
            ServiceLoader.load(EmbeddedDoor.class).findFirst().orElseThrow();

    @Test
    void aNodeInADirectoryServesFrames() throws IOException {
        try (EmbeddedConnection connection = open(directory)) {
            Response.Welcome welcome =
                    assertInstanceOf(Response.Welcome.class, ask(connection, FrameClient.hello(null)));

            assertEquals(16, welcome.table().partitionCount());
            assertInstanceOf(Response.Pong.class, ask(connection, new Request.Ping()));
        }
    }

    @Test
    void theDirectoryIsFreeWhenTheLastConnectionIsClosed() throws IOException {
        EmbeddedConnection first = open(directory);
        EmbeddedConnection second = open(directory.resolve("."));
        first.close();
        assertInUse();
        second.close();
        second.close();

        TrellisNode node = new TrellisNode(listeningNowhere(), directory);
        node.start();
        TrellisException refusal = assertThrows(TrellisException.class, () -> open(directory));
        assertEquals(ErrorCode.CANNOT_CONNECT, refusal.code());
        assertTrue(refusal.getMessage().contains(directory.toString()), refusal.getMessage());
        node.close();
        open(directory).close();
    }

    private void assertInUse() {
        TrellisNode node = new TrellisNode(listeningNowhere(), directory);
        TrellisException refusal = assertThrows(TrellisException.class, node::start);
        assertEquals(ErrorCode.OBJECT_IN_USE, refusal.code());
    }

    private static ServerConfig listeningNowhere() {
        return ServerConfig.of(Map.of("node.listen", "", "http.listen", ""));
    }

    @Test
    void aNodeInMemoryIsForgottenWithItsLastConnection() throws IOException {
        EmbeddedTarget target = new EmbeddedTarget.InMemory("test");
        EmbeddedConnection first = door.open(target, Map.of());
        EmbeddedConnection second = new EmbeddedNodes().open(target, Map.of());
        long secret =
                ((Response.Welcome) ask(first, FrameClient.hello(null))).key().secretLow();
        Response.Welcome same = (Response.Welcome) ask(second, FrameClient.hello(null));
        assertTrue(secret != same.key().secretLow());
        first.close();
        second.close();

        try (EmbeddedConnection third = door.open(target, Map.of("cluster.partitions", "3"))) {
            Response.Welcome other = (Response.Welcome) ask(third, FrameClient.hello(null));
            assertEquals(3, other.table().partitionCount());
        }
    }

    @Test
    void unknownSettingsAreNamed() {
        TrellisException refusal = assertThrows(
                TrellisException.class,
                () -> door.open(new EmbeddedTarget.InMemory("x"), Map.of("storage.cash", "1 MiB")));

        assertEquals("unknown configuration key: storage.cash", refusal.getMessage());
    }

    @Test
    void waitingForAnAnswerEnds() throws IOException {
        EmbeddedConnection connection = door.open(new EmbeddedTarget.InMemory("wait"), Map.of());
        assertThrows(SocketTimeoutException.class, () -> connection.receive(1));

        CompletableFuture<ByteBuffer> receiving = CompletableFuture.supplyAsync(() -> {
            try {
                return connection.receive(0);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        connection.close();
        CompletionException end = assertThrows(CompletionException.class, receiving::join);
        assertInstanceOf(IOException.class, end.getCause());
    }

    @Test
    void aBadFrameEndsTheConnection() throws IOException {
        try (EmbeddedConnection connection = door.open(new EmbeddedTarget.InMemory("bad"), Map.of())) {
            ask(connection, FrameClient.hello(null));
            ByteBuffer frame = FrameCodec.encode(new RequestFrame(7, 0, 0, new Request.Ping()));
            frame.put(4, (byte) 0x7E);
            connection.send(frame);

            assertInstanceOf(Response.Failure.class, receive(connection));
            assertThrows(EOFException.class, () -> connection.receive(0));
        }
    }

    @Test
    void manyRequestsMayBeUnderWay() throws IOException {
        try (EmbeddedConnection connection = door.open(new EmbeddedTarget.InMemory("many"), Map.of())) {
            ask(connection, FrameClient.hello(null));
            for (int i = 0; i < 10_000; i++) {
                connection.send(FrameCodec.encode(new RequestFrame(i + 2, 0, 0, new Request.Ping())));
            }
            for (int i = 0; i < 10_000; i++) {
                assertEquals(i + 2, receiveFrame(connection).id());
            }
        }
    }

    private EmbeddedConnection open(Path in) {
        return door.open(new EmbeddedTarget.InDirectory(in), Map.of());
    }

    private static Response ask(EmbeddedConnection connection, Request request) throws IOException {
        connection.send(FrameCodec.encode(new RequestFrame(1, 0, 0, request)));
        return receive(connection);
    }

    private static Response receive(EmbeddedConnection connection) throws IOException {
        return receiveFrame(connection).response();
    }

    private static ResponseFrame receiveFrame(EmbeddedConnection connection) throws IOException {
        ByteBuffer frame = connection.receive(60_000);
        frame.position(frame.position() + FrameCodec.LENGTH_BYTES);
        return FrameCodec.decodeResponse(frame);
    }
}
