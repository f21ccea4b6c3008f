package io.trellisdb.storage.engine;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.engine.Statements.Backfill;
import io.trellisdb.storage.engine.Statements.Statement;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A process that writes until it is killed. Each of its threads has two partitions and makes its {@link Statements} in both of
 * them at once. What it does is heard on standard output, a line each: {@code opening}, {@code open}, {@code checkpoint},
 * {@code closing}, {@code closed}, and {@code ack thread statement} when a statement is durable.
 */
final class KilledChild {
    static final int THREADS = 2;
    static final int PARTITIONS = 2 * THREADS;

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final System.Logger LOG = System.getLogger(KilledChild.class.getName());
    private static final int FAILED = 3;
    private static final int ROWS_MAX = 800;
    private static final int GROUPS_MAX = 4;

    private final NodeStore store;
    private final long seed;
    private final long statements;

    private KilledChild(NodeStore store, long seed, long statements) {
        this.store = store;
        this.seed = seed;
        this.statements = statements;
    }

    /** Some directories keep so little outside blocks that almost every statement seals a window. */
    static StoreOptions options(Path directory, Journal.Level level, long seed) {
        long scale = seed % 3 == 0 ? 1 : seed % 3 == 1 ? 20 : 10_000;
        return StoreOptions.of(directory, PARTITIONS)
                .withMinFreeBytes(0)
                .withLevel(level)
                .withCacheBytes(16L * 1024 * 1024)
                .withMaxWindowBytes(20_000 * scale)
                .withMaxReplayBytes(30_000 * scale)
                .withSegmentBytes(200_000);
    }

    static Statements statements(long seed, int writer) {
        return new Statements(seed + writer, writer + 1L, ROWS_MAX);
    }

    /** Arguments: directory, level, seed of the statements, seed of this run, statements of each thread before it closes. */
    public static void main(String[] args) throws Exception {
        say("opening");
        long seed = Long.parseLong(args[2]);
        StoreOptions options = options(Path.of(args[0]), Journal.Level.valueOf(args[1]), seed);
        NodeStore store = Stores.open(options, NanoClock.system());
        say("open");
        KilledChild child = new KilledChild(store, seed, Long.parseLong(args[4]));
        Random random = new Random(Long.parseLong(args[3]));
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < THREADS; number++) {
            int writer = number;
            Random choices = new Random(random.nextLong());
            Thread thread = new Thread(() -> child.write(writer, choices));
            thread.setUncaughtExceptionHandler((failed, e) -> {
                LOG.log(System.Logger.Level.ERROR, "child fails", e);
                Runtime.getRuntime().halt(FAILED);
            });
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        say("closing");
        store.close();
        say("closed");
    }

    private void write(int writer, Random random) {
        TestOwner owner = new TestOwner(store);
        int first = 2 * writer;
        Statements stream = statements(seed, writer);
        long next = store.partition(first).lastLsn() + 1;
        long end = next + statements;
        while (next < end) {
            next = writeRound(owner, stream, writer, next, random);
            switch (random.nextInt(60)) {
                case 0, 1 -> {
                    say("checkpoint");
                    store.checkpoint();
                }
                case 2 -> {
                    say("checkpoint");
                    store.compact();
                }
                case 3, 4 -> store.sweep(1 + random.nextInt(1000));
                default -> {}
            }
        }
    }

    /** Appends a few statements, waits for each and applies them together. */
    private long writeRound(TestOwner owner, Statements stream, int writer, long from, Random random) {
        int first = 2 * writer;
        List<List<JournalEntry>> groups = new ArrayList<>();
        List<CompletableFuture<Boolean>> futures = new ArrayList<>();
        long next = from;
        for (int count = 1 + random.nextInt(GROUPS_MAX); count > 0; count--) {
            Backfill backfill = stream.backfillBefore(next);
            if (backfill != null) {
                if (!groups.isEmpty()) {
                    break;
                }
                backfill(first, backfill);
                backfill(first + 1, backfill);
            }
            Statement statement = stream.statement(next++);
            List<JournalEntry> group = owner.entries(
                    statement.token(),
                    statement.result(),
                    Map.of(first, statement.operations(), first + 1, statement.operations()));
            groups.add(group);
            futures.add(TestOwner.appendLater(store.journal(), group));
        }
        for (int i = 0; i < groups.size(); i++) {
            TestOwner.await(futures.get(i));
            say("ack " + writer + " " + (from + i));
        }
        store.apply(groups.stream().flatMap(List::stream).toList());
        return next;
    }

    private void backfill(int partition, Backfill backfill) {
        byte[] after = new byte[0];
        do {
            after = store.backfill(partition, backfill.container(), backfill.indexId(), after, 100);
        } while (after.length > 0);
    }

    private static void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        // one write of a few bytes to a pipe is not torn by other threads
        try {
            OUT.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("nobody hears the acknowledgements", e);
        }
    }
}
