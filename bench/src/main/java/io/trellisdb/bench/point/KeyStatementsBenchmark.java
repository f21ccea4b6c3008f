package io.trellisdb.bench.point;

import io.trellisdb.bench.ResultTable;
import io.trellisdb.bench.peer.H2Peer;
import io.trellisdb.bench.peer.Peer;
import io.trellisdb.bench.peer.PostgresPeer;
import io.trellisdb.bench.peer.TrellisPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Statements by key over one connection, client and server sharing the machine: Trellis, H2 in server mode, and PostgreSQL 15
 * where it is installed. Each runs alone; the figure is the median of {@value #ROUNDS} rounds after a warm-up.
 */
public final class KeyStatementsBenchmark {
    private static final int ROUNDS = 3;
    private static final int READS = 100_000;
    private static final int WARM_UP = 50_000;
    private static final int SINGLE_INSERTS = 5_000;
    private static final int BATCHED_INSERTS = 200_000;
    private static final List<String> JVM_OPTIONS = List.of("-Xmx2g");

    private final ResultTable table = new ResultTable();

    private KeyStatementsBenchmark() {}

    /** A piece of work that is timed. */
    private interface Work {
        void run() throws SQLException;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("trellis-bench");
        KeyStatementsBenchmark benchmark = new KeyStatementsBenchmark();
        benchmark.measure(() -> TrellisPeer.start(folder, JVM_OPTIONS));
        benchmark.measure(() -> H2Peer.start(folder, JVM_OPTIONS));
        if (PostgresPeer.isInstalled()) {
            benchmark.measure(() -> PostgresPeer.start(folder));
        }
        System.out.println(benchmark.table.markdown());
    }

    private void measure(Supplier<Peer> start) throws SQLException {
        try (Peer peer = start.get();
                Connection connection = peer.connect()) {
            System.out.println(peer.name() + ", " + peer.durability());
            Items items = new Items(connection);
            items.create();
            items.insertBatches(0, Items.ROWS);
            items.readPrepared(WARM_UP);
            items.readLiteral(WARM_UP);
            time("prepared reads by key", peer, READS, () -> items.readPrepared(READS));
            time("literal reads by key", peer, READS, () -> items.readLiteral(READS));
            int[] next = {Items.ROWS};
            time("single-row inserts", peer, SINGLE_INSERTS, () -> {
                items.insertSingly(next[0], next[0] + SINGLE_INSERTS);
                next[0] += SINGLE_INSERTS;
            });
            time("rows in batches of 1,000", peer, BATCHED_INSERTS, () -> {
                items.insertBatches(next[0], next[0] + BATCHED_INSERTS);
                next[0] += BATCHED_INSERTS;
            });
        }
    }

    private void time(String name, Peer peer, int count, Work work) throws SQLException {
        double[] rates = new double[ROUNDS];
        double secondsBefore = serverSeconds(peer);
        long begin = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run();
            rates[round] = count * 1e9 / (System.nanoTime() - start);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(rates);
        table.add(name, peer.name(), rates[ROUNDS / 2]);
        System.out.printf(Locale.ROOT, "  %-45s %,12.0f /s", name, rates[ROUNDS / 2]);
        double serverSeconds = serverSeconds(peer) - secondsBefore;
        System.out.println(
                serverSeconds > 0
                        ? String.format(Locale.ROOT, ", %.0f %% of it in the server", 100 * serverSeconds / seconds)
                        : "");
    }

    /** The time that a Trellis server has spent between reading requests and handing over answers; 0 for others. */
    private static double serverSeconds(Peer peer) {
        if (!(peer instanceof TrellisPeer trellis)) {
            return 0;
        }
        return trellis.metrics()
                .lines()
                .filter(line -> line.startsWith("trellis_request_seconds_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
