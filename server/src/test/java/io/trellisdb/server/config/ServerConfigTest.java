package io.trellisdb.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.testing.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerConfigTest {
    @TempDir
    private Path directory;

    @Test
    void theFileIsReadAndOverridesWin() throws IOException {
        Path file = directory.resolve("trellis.conf");
        Files.writeString(
                file, "query { workers = 7, slowStatement = 250 ms }\nnode.listen = \"127.0.0.1:0\"\nquery.queue = 9");

        ServerConfig config = ServerConfig.read(Optional.of(file), Map.of("query.queue", "10"));

        assertEquals(7, config.getInt(ServerSettings.QUERY_WORKERS));
        assertEquals(10, config.getInt(ServerSettings.QUERY_QUEUE));
        assertEquals(Duration.ofMillis(250), config.get(ServerSettings.SLOW_STATEMENT));
        assertEquals("127.0.0.1:0", config.get(ServerSettings.NODE_LISTEN));
    }

    @Test
    void unknownKeysAreRefusedByName() {
        assertRefused("query.worker", "7", "unknown configuration key: query.worker");
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertRefused(
                "cluster.partitions", "0", "value of cluster.partitions is out of range: 0, allowed is 1 to 4096");
        assertRefused("journal.level", "MAYBE", "value of journal.level is out of range: MAYBE");
    }

    @Test
    void valuesOfTheWrongTypeAreRefusedByName() {
        assertRefused("query.queue", "many", "invalid value of query.queue: many, expected a whole number");
        assertRefused("storage.cache", "big", "invalid value of storage.cache: big, expected a size such as 64 MiB");
        assertRefused("connections.loginTimeout", "5 weeks", "expected a duration with the unit");
        assertRefused("security.allowInsecure", "yes", "expected true or false");
    }

    @Test
    void whatIsPrintedReadsBackTheSame() throws IOException {
        ServerConfig config = ServerConfig.of(Map.of(
                "storage.cache", "3 GiB",
                "query.slowStatement", "90 s",
                "node.advertise", "db.example"));
        Path file = directory.resolve("printed.conf");
        Files.writeString(file, config.print());

        assertEquals(
                config.print(), ServerConfig.read(Optional.of(file), Map.of()).print());
    }

    @Test
    void theReferenceIsCurrent() throws IOException {
        Path page = RepositoryRoot.find().resolve("docs/reference/configuration.md");
        if (Boolean.getBoolean("scripts.rewrite")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, ConfigurationReference.markdown());
        }

        assertEquals(ConfigurationReference.markdown(), Files.readString(page), "run with -Dscripts.rewrite=true");
    }

    private static void assertRefused(String key, String value, String message) {
        TrellisException refusal = assertThrows(TrellisException.class, () -> ServerConfig.of(Map.of(key, value)));
        assertEquals(ErrorCode.INVALID_CONFIGURATION, refusal.code());
        assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    }
}
