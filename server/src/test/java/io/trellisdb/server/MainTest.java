package io.trellisdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.protocol.message.Response;
import io.trellisdb.server.config.ServerConfig;
import io.trellisdb.server.network.FrameClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in JVMs of its own. */
final class MainTest {
    @TempDir
    private Path directory;

    private record Ended(int status, String out, String errors) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Path errors = directory.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(errors));
    }

    @Test
    void theConfigurationIsPrinted() throws IOException, InterruptedException {
        Ended ended = run("--print-config", "--node", "first", "--set", "query.queue=7");

        assertEquals(0, ended.status());
        assertEquals(
                ServerConfig.of(Map.of("node.name", "first", "query.queue", "7"))
                        .print(),
                ended.out());
        assertEquals("", ended.errors());
    }

    @Test
    void whatIsWrongIsSaidInOneSentence() throws IOException, InterruptedException {
        assertRefused("trellis: server needs a directory: give --data DIR\n", run());
        assertRefused(
                "trellis: unknown configuration key: query.cue\n",
                run("--data", directory.toString(), "--set", "query.cue=7"));
        assertRefused(
                "trellis: a node cannot join others yet: leave --seeds out to run a cluster of one\n",
                run("--data", directory.toString(), "--seeds", "127.0.0.1:20010"));
    }

    private static void assertRefused(String sentence, Ended ended) {
        assertEquals(sentence, ended.errors());
        assertEquals("", ended.out());
        assertTrue(ended.status() != 0);
    }

    @Test
    void aServerStartsLogsAndStops() throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        try (ServerProcess server =
                ServerProcess.start(data, List.of("-Xmx256m"), "--set", "query.slowStatement=0 ms")) {
            try (FrameClient client = FrameClient.loggedIn(server.address())) {
                assertTrue(client.ask(FrameClient.text("select\n 'slow'", 1)) instanceof Response.RowBatch);
            }
            IOException second = assertThrows(IOException.class, () -> ServerProcess.start(data, List.of()));
            assertTrue(second.getMessage().contains("data directory is in use by another process: " + data));

            assertEquals(143, server.stop());
            assertTrue(server.errors().contains("node starts: node1, heap 256 MiB: cache"), server.errors());
            assertFalse(server.errors().contains("DEBUG"));
        }
        assertTrue(Files.readString(data.resolve("log/server.log")).contains("node has stopped"));
        String slow = Files.readString(data.resolve("log/slow-statements.log"));
        assertTrue(slow.contains("select 'slow'"), slow);
    }
}
