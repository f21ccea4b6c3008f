package io.trellisdb.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.Failure;
import io.trellisdb.server.network.FrameClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad clients send costs them one refusal, the server little memory, and others nothing. */
@Tag("slow")
final class HostileInputTest {
    private static final long MEMORY_MAX = 150L << 20;
    private static final int HALF_OPEN = 10_000;
    private static final int UNAUTHENTICATED = 100;
    /** File descriptors that the test's own JVM needs for other things. */
    private static final int SPARE_FILES = 500;

    @TempDir
    private static Path directory;

    private static ServerProcess server;
    private static FrameClient bystander;
    private static long idleBytes;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "resident memory is read from /proc");
        server = ServerProcess.start(
                directory.resolve("data"), List.of("-Xmx512m"), "--set", "connections.loginTimeout=2 min");
        bystander = FrameClient.loggedIn(server.address());
        // A statement that every kind of test will run, so that idle means used once.
        assertInstanceOf(Response.RowBatch.class, bystander.ask(FrameClient.text("select 1", 10)));
        idleBytes = server.residentBytes();
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (server != null) {
            bystander.close();
            assertEquals(143, server.stop());
        }
    }

    @BeforeEach
    void isUnhurt() throws IOException {
        assertUnhurt();
    }

    private static void assertUnhurt() throws IOException {
        assertInstanceOf(Response.RowBatch.class, bystander.ask(FrameClient.text("select 1", 10)));
        long grown = server.residentBytes() - idleBytes;
        assertTrue(grown <= MEMORY_MAX, "resident memory grew by " + (grown >> 20) + " MiB");
    }

    private static Failure refusal(FrameClient client) throws IOException {
        return assertInstanceOf(Failure.class, client.receive().response());
    }

    @Test
    void garbage() throws IOException {
        Random random = new Random(7);
        byte[] garbage = new byte[1 << 20];
        for (int i = 0; i < 100; i++) {
            random.nextBytes(garbage);
            try (FrameClient client = new FrameClient(server.address())) {
                try {
                    client.send(garbage, garbage.length);
                } catch (IOException e) {
                    // closed while we were still sending: that is a refusal too, seen below in quieter cases
                }
            }
        }
        for (int i = 0; i < 100; i++) {
            random.nextBytes(garbage);
            try (FrameClient client = new FrameClient(server.address())) {
                client.send(garbage, 1_000);
                assertEquals("08P01", refusal(client).sqlState());
                client.awaitEnd();
            }
        }
        assertUnhurt();
    }

    @Test
    void oversizedFrames() throws IOException {
        for (int length : new int[] {FrameCodec.MAX_AFTER_LOGIN + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            try (FrameClient client = FrameClient.loggedIn(server.address())) {
                ByteWriter frame = new ByteWriter();
                frame.writeInt(length);
                client.send(frame.array(), frame.position());
                assertEquals("08P01", refusal(client).sqlState());
                client.awaitEnd();
            }
        }
        assertUnhurt();
    }

    @Test
    void largeFramesThatNeverEnd() throws IOException {
        List<FrameClient> clients = new ArrayList<>();
        byte[] part = new byte[1 << 20];
        for (int i = 0; i < 50; i++) {
            FrameClient client = FrameClient.loggedIn(server.address());
            clients.add(client);
            ByteWriter frame = new ByteWriter();
            frame.writeInt(FrameCodec.MAX_AFTER_LOGIN);
            frame.writeBytes(part, 0, 100_000);
            client.send(frame.array(), frame.position());
        }
        assertUnhurt();
        for (FrameClient client : clients) {
            client.close();
        }
    }

    @Test
    void aMillionDeclaredColumns() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (FrameClient client = FrameClient.loggedIn(server.address())) {
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
                frame.writeBytes(new byte[2_000_000]);
                frame.patchInt(0, frame.position() - FrameCodec.LENGTH_BYTES);
                client.send(frame.array(), frame.position());
                assertEquals("08P01", refusal(client).sqlState());
                client.awaitEnd();
            }
        }
        assertUnhurt();
    }

    @Test
    void tenThousandHalfOpenConnections() throws IOException {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int count = (int) Math.min(
                HALF_OPEN, system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - SPARE_FILES);
        List<FrameClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                FrameClient client = new FrameClient(server.address());
                clients.add(client);
                if (i % 1_000 == 0) {
                    assertUnhurt();
                }
            }
            // Several threads accept, so the silent hundred need not be exactly the first.
            await().until(() -> clients.stream().filter(FrameClient::hasAnswer).count() >= count - UNAUTHENTICATED);
            for (FrameClient client : clients) {
                if (client.hasAnswer()) {
                    Failure refusal = refusal(client);
                    assertEquals("53300", refusal.sqlState());
                    assertTrue(refusal.message().contains("connections.unauthenticated is 100"), refusal.message());
                }
            }
            assertUnhurt();
        } finally {
            for (FrameClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void longStatements() throws IOException {
        String text = "select '" + "x".repeat(2 << 20) + "'";
        try (FrameClient client = FrameClient.loggedIn(server.address())) {
            for (int i = 0; i < 20; i++) {
                Response answer = client.ask(FrameClient.text(text, 10));
                assertEquals("54000", assertInstanceOf(Failure.class, answer).sqlState());
            }
            assertInstanceOf(Response.RowBatch.class, client.ask(FrameClient.text("select 2", 10)));
        }
        assertUnhurt();
    }

    @Test
    void deepExpressions() throws IOException {
        String text = "select " + "(1+".repeat(300) + "1" + ")".repeat(300);
        try (FrameClient client = FrameClient.loggedIn(server.address())) {
            for (int i = 0; i < 20; i++) {
                Response answer = client.ask(FrameClient.text(text, 10));
                assertEquals("54001", assertInstanceOf(Failure.class, answer).sqlState());
            }
            assertInstanceOf(Response.RowBatch.class, client.ask(FrameClient.text("select 2", 10)));
        }
        assertUnhurt();
    }
}
