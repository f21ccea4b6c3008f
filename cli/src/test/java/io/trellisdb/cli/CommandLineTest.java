package io.trellisdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineTest {
    @TempDir
    private Path folder;

    @Test
    void helpNamesEveryCommand() {
        CommandRun run = CommandRun.of("--help");

        assertEquals(0, run.status());
        for (String command : new String[] {"demo", "server", "sql", "import"}) {
            assertTrue(run.out().contains("  " + command + " "), run.out());
        }
        assertTrue(CommandRun.of("--version").out().startsWith("trellis 0.1"));
    }

    @Test
    void misuseIsOneSentenceAndStatusTwo() {
        assertEquals(
                "2: name a command: demo, server, sql or import; see: trellis --help\n",
                CommandRun.of().failure());
        assertEquals(
                "2: Unmatched argument at index 0: 'dance'; see: trellis --help\n",
                CommandRun.of("dance").failure());
        assertEquals(
                "2: Missing required option: '--into=TABLE'; see: trellis import --help\n",
                CommandRun.of("import", "a.csv").failure());
    }

    @Test
    void withoutAServerTheAddressAndTheRemedyAreNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        CommandRun run = CommandRun.of("sql", "jdbc:trellis://127.0.0.1:" + port + "/", "-e", "select 1");

        assertEquals(1, run.status());
        assertTrue(run.err().startsWith("08001: "), run.err());
        assertTrue(run.err().contains("127.0.0.1:" + port), run.err());
        assertTrue(run.err().contains("'trellis server --data DIR'"), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void foreignUrlsAndAbsentScriptsAreNamed() {
        Path absent = folder.resolve("absent.sql");

        assertEquals(
                "1: not a URL of Trellis, they begin with jdbc:trellis:: jdbc:h2:mem:x\n",
                CommandRun.of("sql", "jdbc:h2:mem:x", "-e", "select 1").failure());
        assertEquals(
                "1: script does not exist: " + absent + "\n",
                CommandRun.of("sql", "jdbc:trellis:mem:x", "-f", absent.toString())
                        .failure());
    }

    @Test
    void optionsThatMeanNothingAreRefused() {
        assertEquals(
                "1: --key belongs to --create: the table has its key already\n",
                CommandRun.of("import", "a.csv", "--into", "t", "--key", "a").failure());
        assertEquals(
                "1: batch must have 1 to 100000 rows: 0\n",
                CommandRun.of("import", "a.csv", "--into", "t", "--batch", "0").failure());
        assertEquals(
                "1: the demo's data is not found: start it by the script bin/trellis of the distribution\n",
                CommandRun.of("demo").failure());
    }
}
