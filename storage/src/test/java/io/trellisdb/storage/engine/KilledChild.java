package io.trellisdb.storage.engine;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.StoredResult;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A process that writes until it is killed. Each of its threads has two partitions and writes statement after statement to
 * both of them at once: statement {@code n} puts row {@code n} and deletes row {@code n - 100}. Every acknowledgement is a
 * line "thread statement" on standard output.
 */
final class KilledChild {
    static final int THREADS = 2;
    static final int PARTITIONS = 2 * THREADS;
    static final ContainerDescriptor PEOPLE = Containers.people(5);
    static final int KEPT = 100;

    private final NodeStore store;
    private final FileOutputStream acknowledgements = new FileOutputStream(FileDescriptor.out);

    private KilledChild(NodeStore store) {
        this.store = store;
    }

    static StoreOptions options(Path directory, Journal.Level level) {
        return StoreOptions.of(directory, PARTITIONS)
                .withMinFreeBytes(0)
                .withLevel(level)
                .withSegmentBytes(100_000);
    }

    /** Arguments: directory, level, seed. */
    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[2]));
        NodeStore store = Stores.open(options(Path.of(args[0]), Journal.Level.valueOf(args[1])), NanoClock.system());
        KilledChild child = new KilledChild(store);
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < THREADS; number++) {
            int writer = number;
            Random choices = new Random(random.nextLong());
            threads.add(new Thread(() -> child.write(writer, choices)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static long session(int writer) {
        return writer + 1L;
    }

    private void write(int writer, Random random) {
        TestOwner owner = new TestOwner(store);
        int first = 2 * writer;
        long statement = store.partition(first).lastLsn() + 1;
        while (true) {
            List<Operation> operations = operations(statement, random);
            owner.write(
                    new Token(session(writer), statement, Math.max(1, statement - 5)),
                    StoredResult.ofCount(statement),
                    Map.of(first, operations, first + 1, operations));
            acknowledge(writer, statement);
            if (random.nextInt(300) == 0) {
                store.checkpoint();
            }
            statement++;
        }
    }

    private static List<Operation> operations(long statement, Random random) {
        String name = "n" + "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 20_000 : 50));
        Batch row = Containers.rows(PEOPLE, List.of(List.of(statement, name, statement * 0.5)));
        Batch old = Containers.rows(PEOPLE, List.of(List.of(statement - KEPT, name, 0.0)));
        return List.of(
                new Operation.DefineContainer(PEOPLE),
                new Operation.PutRows(5, 1, row, RowKeys.ofRows(PEOPLE, row)),
                new Operation.DeleteRows(5, RowKeys.ofRows(PEOPLE, old)));
    }

    private synchronized void acknowledge(int writer, long statement) {
        try {
            acknowledgements.write((writer + " " + statement + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException("nobody hears the acknowledgements", e);
        }
    }
}
