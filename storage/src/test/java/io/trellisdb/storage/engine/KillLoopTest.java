package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.testing.SeededSuite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process at a random moment, opens its store and compares: every acknowledged statement is there, every
 * statement is in both of its partitions or in none, and nothing else is there. The same directory lives on from round to
 * round.
 */
final class KillLoopTest {
    @TempDir
    Path folder;

    private final long[] acknowledged = new long[KilledChild.THREADS];

    @Test
    void acknowledgedStatementsSurviveTheirProcess() {
        new SeededSuite("store-kill", 10, 0.3).run(this::killAndCheck);
    }

    private void killAndCheck(Random random) throws Exception {
        Journal.Level level = random.nextInt(4) == 0 ? Journal.Level.BUFFERED : Journal.Level.FLUSH;
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledChild.class.getName(),
                        folder.toString(),
                        level.name(),
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            hear(lines, random.nextInt(random.nextBoolean() ? 3000 : 60), child);
            // not through the process itself, which would close the pipe
            child.toHandle().destroyForcibly();
            hearRest(lines);
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (NodeStore store = Stores.open(KilledChild.options(folder, level), NanoClock.system())) {
            check(store);
        }
    }

    private void hear(BufferedReader lines, int count, Process child) throws IOException {
        for (int i = 0; i <= count; i++) {
            String line = lines.readLine();
            if (line == null) {
                throw new IllegalStateException("child ended by itself: " + child);
            }
            note(line);
        }
    }

    /** What was acknowledged before the kill may still be in the pipe; its last line may be torn. */
    private void hearRest(BufferedReader lines) throws IOException {
        StringBuilder rest = new StringBuilder();
        char[] piece = new char[8192];
        for (int count = lines.read(piece); count >= 0; count = lines.read(piece)) {
            rest.append(piece, 0, count);
        }
        int end = rest.lastIndexOf("\n");
        if (end >= 0) {
            rest.substring(0, end).lines().forEach(this::note);
        }
    }

    private void note(String line) {
        int blank = line.indexOf(' ');
        int writer = Integer.parseInt(line.substring(0, blank));
        acknowledged[writer] = Math.max(acknowledged[writer], Long.parseLong(line.substring(blank + 1)));
    }

    private void check(NodeStore store) {
        for (int writer = 0; writer < KilledChild.THREADS; writer++) {
            long last = store.partition(2 * writer).lastLsn();
            assertEquals(last, store.partition(2 * writer + 1).lastLsn(), "a statement is in one of two partitions");
            assertTrue(
                    last >= acknowledged[writer],
                    "acknowledged statements are lost: " + acknowledged[writer] + ", found " + last);
            for (int partition = 2 * writer; partition <= 2 * writer + 1; partition++) {
                checkPartition(store, partition, writer, last);
            }
        }
    }

    private static void checkPartition(NodeStore store, int partition, int writer, long last) {
        assertEquals(List.of(), store.partition(partition).verify());
        PartitionReader reader = store.partition(partition).reader();
        List<Object> ids = Readings.scan(reader, ScanRequest.all(5, List.of(1))).stream()
                .map(row -> row.get(0))
                .toList();
        List<Object> expected = LongStream.rangeClosed(Math.max(1, last - KilledChild.KEPT + 1), last)
                .boxed()
                .map(Object.class::cast)
                .toList();
        assertEquals(expected, ids);
        if (last > 0) {
            Token token = new Token(KilledChild.session(writer), last, 1);
            assertEquals(last, reader.findResult(token).orElseThrow().updateCount());
        }
    }
}
