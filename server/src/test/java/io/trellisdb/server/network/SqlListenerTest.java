package io.trellisdb.server.network;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.node.TrellisNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SqlListenerTest {
    private final List<TrellisNode> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(TrellisNode::close);
    }

    private InetSocketAddress start(String... keysAndValues) {
        Map<String, String> settings =
                new HashMap<>(Map.of("node.listen", "127.0.0.1:0", "http.listen", "", "cluster.partitions", "4"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        TrellisNode node = new TrellisNode(ServerConfig.of(settings), null);
        node.start();
        nodes.add(node);
        return node.sqlAddress().orElseThrow();
    }

    @Test
    void aClientIsWelcomeAndLearnsWhereTheNodeIs() throws IOException {
        InetSocketAddress address = start();
        try (FrameClient client = new FrameClient(address)) {
            Response.Welcome welcome = client.login(null);

            assertEquals("trellis", welcome.catalogName());
            assertEquals(4, welcome.table().partitionCount());
            assertEquals(
                    address.getPort(), welcome.table().owner(3).orElseThrow().port());
            assertInstanceOf(Response.Pong.class, client.ask(new Request.Ping()));
        }
    }

    @Test
    void answersComeInTheOrderOfTheRequests() throws IOException {
        try (FrameClient client = FrameClient.loggedIn(start())) {
            List<Long> asked = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                asked.add(client.send(i % 3 == 0 ? new Request.ReadTable() : new Request.Ping()));
            }
            List<Long> answered = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                answered.add(client.receive().id());
            }

            assertEquals(asked, answered);
        }
    }

    @Test
    void garbageIsRefusedOnce() throws IOException {
        InetSocketAddress address = start();
        try (FrameClient other = FrameClient.loggedIn(address);
                FrameClient client = new FrameClient(address)) {
            byte[] garbage = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            client.send(garbage, garbage.length);

            assertRefused("08P01", "frame length is out of range", client);
            client.awaitEnd();
            assertInstanceOf(Response.Pong.class, other.ask(new Request.Ping()));
        }
    }

    @Test
    void randomBytesHurtOnlyTheirSender() throws IOException {
        InetSocketAddress address = start();
        Random random = new Random(42);
        try (FrameClient other = FrameClient.loggedIn(address)) {
            for (int i = 0; i < 50; i++) {
                try (FrameClient client = i % 2 == 0 ? new FrameClient(address) : FrameClient.loggedIn(address)) {
                    ByteWriter frame = new ByteWriter();
                    byte[] body = new byte[12 + random.nextInt(200)];
                    random.nextBytes(body);
                    frame.writeInt(body.length);
                    frame.writeBytes(body);
                    client.send(frame.array(), frame.position());

                    assertRefused("08P01", "", client);
                    client.awaitEnd();
                }
                assertInstanceOf(Response.Pong.class, other.ask(new Request.Ping()));
            }
        }
    }

    @Test
    void framesBeforeTheLoginAreSmall() throws IOException {
        try (FrameClient client = new FrameClient(start())) {
            client.send(length(FrameCodec.MAX_BEFORE_LOGIN + 1), 4);

            assertRefused("08P01", "at most 8192", client);
            client.awaitEnd();
        }
    }

    @Test
    void framesAfterTheLoginAreBounded() throws IOException {
        try (FrameClient client = FrameClient.loggedIn(start())) {
            client.send(length(FrameCodec.MAX_AFTER_LOGIN + 1), 4);

            assertRefused("08P01", "at most 16777216", client);
            client.awaitEnd();
        }
    }

    private static byte[] length(int length) {
        ByteWriter bytes = new ByteWriter();
        bytes.writeInt(length);
        return bytes.toByteArray();
    }

    @Test
    void aMillionDeclaredColumnsAreRefusedBeforeMemoryIsTaken() throws IOException {
        try (FrameClient client = FrameClient.loggedIn(start())) {
            ByteWriter frame = new ByteWriter();
            frame.writeInt(0);
            frame.writeByte(0x05);
            frame.writeByte(FrameCodec.VERSION);
            frame.writeShort(0);
            frame.writeLong(77);
            frame.writeVarLong(0);
            frame.writeVarLong(0);
            frame.writeString("select 1");
            frame.writeVarInt(1);
            frame.writeVarInt(1_000_000);
            frame.writeBytes(new byte[100]);
            frame.patchInt(0, frame.position() - FrameCodec.LENGTH_BYTES);
            client.send(frame.array(), frame.position());

            assertRefused("08P01", "", client);
            client.awaitEnd();
        }
    }

    @Test
    void theFirstRequestMustBeHello() throws IOException {
        try (FrameClient client = new FrameClient(start())) {
            client.send(new Request.Ping());

            assertRefused("08P01", "the first request must be Hello", client);
            client.awaitEnd();
        }
    }

    @Test
    void authenticationThatIsNotOfferedIsRefused() throws IOException {
        try (FrameClient client = new FrameClient(start())) {
            client.send(new Request.Authenticate("SCRAM-SHA-256", new byte[10]));

            assertRefused("28000", "SCRAM-SHA-256", client);
            client.awaitEnd();
        }
    }

    @Test
    void anUnknownDatabaseIsNamed() throws IOException {
        try (FrameClient client = new FrameClient(start())) {
            client.send(new Request.Hello(1, 1, "test", "", "nowhere", 0, null));

            assertRefused("3F000", "database does not exist: nowhere", client);
            client.awaitEnd();
        }
    }

    @Test
    void theLoginHasAnEnd() throws IOException {
        try (FrameClient client = new FrameClient(start("connections.loginTimeout", "100 ms"))) {
            client.send(new byte[] {0, 0}, 2);

            assertRefused("08004", "login took too long", client);
            client.awaitEnd();
        }
    }

    @Test
    void onlySoManyLoginsAtATime() throws IOException {
        InetSocketAddress address = start("connections.unauthenticated", "3", "connections.loginTimeout", "5 min");
        List<FrameClient> silent = new ArrayList<>();
        try (FrameClient other = FrameClient.loggedIn(address)) {
            await().untilAsserted(() -> assertEquals(1, nodes.get(0).registry().size()));
            for (int i = 0; i < 3; i++) {
                silent.add(new FrameClient(address));
            }
            await().until(() -> refusedNow(address));

            assertInstanceOf(Response.Pong.class, other.ask(new Request.Ping()));
            silent.remove(0).close();
            await().until(() -> !refusedNow(address));
        } finally {
            for (FrameClient client : silent) {
                client.close();
            }
        }
    }

    private static boolean refusedNow(InetSocketAddress address) throws IOException {
        try (FrameClient client = new FrameClient(address)) {
            client.send(FrameClient.hello(null));
            Response answer = client.receive().response();
            if (answer instanceof Response.Failure failure) {
                assertEquals("53300", failure.sqlState());
                assertTrue(failure.retryable());
                return true;
            }
            return false;
        }
    }

    @Test
    void onlySoManySessionsAtATime() throws IOException {
        InetSocketAddress address = start("connections.max", "2");
        try (FrameClient first = FrameClient.loggedIn(address);
                FrameClient second = FrameClient.loggedIn(address);
                FrameClient third = new FrameClient(address)) {
            third.send(FrameClient.hello(null));

            assertRefused("53300", "connections.max is 2", third);
            assertInstanceOf(Response.Pong.class, first.ask(new Request.Ping()));
            assertInstanceOf(Response.Pong.class, second.ask(new Request.Ping()));
        }
    }

    @Test
    void aLostSessionIsResumedUnderItsId() throws IOException {
        InetSocketAddress address = start();
        try (FrameClient first = new FrameClient(address);
                FrameClient second = new FrameClient(address);
                FrameClient third = new FrameClient(address)) {
            SessionKey key = first.login(null).key();

            assertEquals(key, second.login(key).key());
            first.awaitEnd();
            SessionKey forged = new SessionKey(key.session(), key.secretHigh() + 1, key.secretLow());
            assertNotEquals(key.session(), third.login(forged).key().session());
            assertInstanceOf(Response.Pong.class, second.ask(new Request.Ping()));
        }
    }

    @Test
    void cancelNeedsTheKeyAndAnswersInAnyCase() throws IOException {
        InetSocketAddress address = start();
        try (FrameClient client = new FrameClient(address);
                FrameClient cancel = new FrameClient(address)) {
            SessionKey key = client.login(null).key();
            cancel.send(new Request.Cancel(new SessionKey(key.session(), 1, 2)));

            assertInstanceOf(Response.Done.class, cancel.receive().response());
            cancel.awaitEnd();
            assertInstanceOf(Response.Pong.class, client.ask(new Request.Ping()));
        }
    }

    @Test
    void aStoppingNodeEndsItsSessions() throws IOException {
        InetSocketAddress address = start();
        try (FrameClient client = FrameClient.loggedIn(address)) {
            nodes.remove(0).close();

            assertRefused("57P01", "the node is stopping", client);
            client.awaitEnd();
        }
    }

    private static void assertRefused(String sqlState, String words, FrameClient client) throws IOException {
        Response.Failure failure =
                assertInstanceOf(Response.Failure.class, client.receive().response());
        assertEquals(sqlState, failure.sqlState(), failure.message());
        assertTrue(failure.message().contains(words), failure.message());
    }
}
