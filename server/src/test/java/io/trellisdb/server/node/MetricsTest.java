package io.trellisdb.server.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.network.FrameClient;
import io.trellisdb.testing.RepositoryRoot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private static final TrellisNode NODE =
            new TrellisNode(ServerConfig.of(Map.of("node.listen", "127.0.0.1:0", "http.listen", "127.0.0.1:0")), null);

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        NODE.start();
    }

    @AfterAll
    static void stop() {
        NODE.close();
    }

    private HttpResponse<String> request(String method, String path) throws IOException, InterruptedException {
        InetSocketAddress address = NODE.httpAddress().orElseThrow();
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void healthIsShown() throws IOException, InterruptedException {
        assertEquals("live\n", request("GET", "/health/live").body());
        assertEquals("ready\n", request("GET", "/health/ready?x=y").body());
        assertEquals(200, request("HEAD", "/health/ready").statusCode());
    }

    @Test
    void otherPagesAndMethodsAreRefused() throws IOException, InterruptedException {
        assertEquals(404, request("GET", "/health").statusCode());
        assertEquals(405, request("DELETE", "/metrics").statusCode());
    }

    @Test
    void metricsCount() throws IOException, InterruptedException {
        try (FrameClient sql = FrameClient.loggedIn(NODE.sqlAddress().orElseThrow())) {
            sql.send(new io.trellisdb.protocol.message.Request.Ping());
            sql.receive();
            System.gc(); // what is asked must not depend on who else refers to it
            String page = request("GET", "/metrics").body();

            assertTrue(page.contains("\ntrellis_sessions 1.0\n"), page);
            assertTrue(page.contains("\ntrellis_requests_total 1.0\n"), page);
            assertTrue(page.contains("\ntrellis_ready 1.0\n"), page);
            assertTrue(page.contains("\njvm_memory_used_bytes{"), page);
        }
    }

    @Test
    void theReferenceIsCurrent() throws IOException {
        Path page = RepositoryRoot.find().resolve("docs/reference/metrics.md");
        String text = NODE.metricsReference();
        if (Boolean.getBoolean("scripts.rewrite")) {
            Files.writeString(page, text);
        }

        assertEquals(text, Files.readString(page), "run with -Dscripts.rewrite=true");
    }
}
