package io.trellisdb.server.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.network.FrameClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrellisNodeTest {
    @TempDir
    private Path directory;

    private TrellisNode node(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("node.listen", "127.0.0.1:0", "http.listen", ""));
        settings.putAll(more);
        return new TrellisNode(ServerConfig.of(settings), directory);
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            TrellisException refusal = assertThrows(TrellisException.class, () -> node(Map.of("node.listen", address))
                    .start());

            assertEquals("address is in use by another process: " + address, refusal.getMessage());
            TrellisException http = assertThrows(TrellisException.class, () -> node(Map.of("http.listen", address))
                    .start());
            assertEquals(refusal.getMessage(), http.getMessage());
        }
        // whatever had been opened is closed again
        TrellisNode node = node(Map.of());
        node.start();
        node.close();
    }

    @Test
    void aDirectoryBelongsToOneNode() {
        TrellisNode first = node(Map.of());
        first.start();

        TrellisException refusal =
                assertThrows(TrellisException.class, () -> node(Map.of()).start());

        assertEquals(ErrorCode.OBJECT_IN_USE, refusal.code());
        assertEquals("data directory is in use by another process: " + directory, refusal.getMessage());
        first.close();
    }

    @Test
    void theNumberOfPartitionsIsFixed() {
        TrellisNode first = node(Map.of("cluster.partitions", "5"));
        first.start();
        first.close();

        TrellisException refusal = assertThrows(TrellisException.class, () -> node(Map.of("cluster.partitions", "6"))
                .start());
        assertTrue(refusal.getMessage().contains("it is 5, not 6"), refusal.getMessage());
        TrellisNode second = node(Map.of());
        second.start();
        assertEquals(5, second.sessions().services().partitionTable().partitionCount());
        second.close();
    }

    @Test
    void termsGrowWithEveryStart() {
        TrellisNode first = node(Map.of());
        first.start();
        long term = first.sessions().services().partitionTable().row(0).term();
        first.close();
        TrellisNode second = node(Map.of());
        second.start();

        assertTrue(second.sessions().services().partitionTable().row(0).term() > term);
        second.close();
    }

    @Test
    void addressesBeyondLoopbackNeedTheOperatorsWord() {
        TrellisException refusal = assertThrows(TrellisException.class, () -> node(Map.of("node.listen", "0.0.0.0:0"))
                .start());

        assertEquals(ErrorCode.INVALID_CONFIGURATION, refusal.code());
        assertTrue(refusal.getMessage().contains("security.allowInsecure"), refusal.getMessage());
    }

    @Test
    void aStoppedNodeIsStoppedForGood() throws IOException {
        TrellisNode node = node(Map.of());
        node.start();
        InetSocketAddress address = node.sqlAddress().orElseThrow();
        FrameClient.loggedIn(address).close();
        node.close();
        node.close();

        assertEquals(TrellisNode.State.STOPPED, node.state());
        assertThrows(IOException.class, () -> new FrameClient(address));
    }
}
