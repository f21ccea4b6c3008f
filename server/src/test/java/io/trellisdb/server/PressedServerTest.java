package io.trellisdb.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.server.network.FrameClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that only ever send do not fill the memory of a small server: it ends at the first allocation that fails. */
@Tag("slow")
final class PressedServerTest {
    private static final List<String> SMALL = List.of("-Xmx160m", "-XX:+ExitOnOutOfMemoryError");

    @TempDir
    private Path directory;

    private ServerProcess server;
    private FrameClient bystander;

    @BeforeEach
    void start() throws IOException {
        server = ServerProcess.start(directory.resolve("data"), SMALL);
        bystander = FrameClient.loggedIn(server.address());
    }

    @AfterEach
    void stop() throws IOException {
        bystander.close();
        server.close();
    }

    private void assertServed() throws IOException {
        assertInstanceOf(Response.RowBatch.class, bystander.ask(FrameClient.text("select 1", 10)));
    }

    @Test
    void requestsWithoutEndAreNotBuffered() throws Exception {
        ByteWriter pings = new ByteWriter();
        for (int i = 0; i < 1_000; i++) {
            FrameCodec.encode(new RequestFrame(i + 1, 0, 0, new Request.ReadTable()), pings);
        }
        // Nobody reads the answers: first they wait in the server, then the requests in the network.
        assertBlocked(pings, 20);
    }

    @Test
    void largeRequestsWithoutEndAreNotBuffered() throws Exception {
        String text = "select '" + "x".repeat(1_000_000) + "'";
        ByteWriter statements = new ByteWriter();
        for (int i = 0; i < 10; i++) {
            FrameCodec.encode(new RequestFrame(i + 1, 0, 0, FrameClient.text(text, 1)), statements);
        }
        assertBlocked(statements, 10);
    }

    /** Sends the same requests without end on many connections and never reads an answer. */
    private void assertBlocked(ByteWriter requests, int connections) throws Exception {
        List<FrameClient> clients = new ArrayList<>();
        List<Thread> senders = new ArrayList<>();
        AtomicLong sent = new AtomicLong();
        for (int i = 0; i < connections; i++) {
            FrameClient client = FrameClient.loggedIn(server.address());
            clients.add(client);
            Thread sender = new Thread(() -> {
                try {
                    while (true) {
                        client.send(requests.array(), requests.position());
                        sent.incrementAndGet();
                    }
                } catch (IOException e) {
                    // closed by the test
                }
            });
            senders.add(sender);
            sender.start();
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            long before = sent.get();
            assertServed();
            return sent.get() == before;
        });
        for (FrameClient client : clients) {
            client.close();
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }
}
