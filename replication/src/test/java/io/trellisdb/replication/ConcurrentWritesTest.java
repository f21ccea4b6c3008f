package io.trellisdb.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.replication.Commands.Add;
import io.trellisdb.replication.Commands.Insert;
import io.trellisdb.replication.Commands.Transfer;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real threads: nothing is lost, doubled or stuck. */
final class ConcurrentWritesTest {
    private static final int PARTITIONS = 4;
    private static final int CLIENTS = 6;

    private final FakeNodeStore store = new FakeNodeStore(PARTITIONS);
    private final Catalog catalog = Commands.catalog(Commands.container());
    private final List<TrellisException> failures = new ArrayList<>();
    private final PartitionOwners owners = new PartitionOwners(
            store,
            () -> catalog,
            partition -> 1,
            OwnerSettings.defaults(3),
            NanoClock.system(),
            WallClock.system(),
            failures::add);
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1);
    private final AtomicBoolean over = new AtomicBoolean();

    @BeforeEach
    void start() {
        owners.start(Thread::new);
        clients.execute(() -> store.journal().flushUntil(over::get));
        owners.serving().toCompletableFuture().join();
    }

    @AfterEach
    void stop() {
        owners.close();
        over.set(true);
        clients.shutdown();
        assertEquals(List.of(), failures);
    }

    @Test
    void countersThatManyClientsIncrementLoseNothing() throws Exception {
        runClients(client -> {
            for (int i = 0; i < 2_000; i++) {
                write(null, part(i % PARTITIONS, Add.to(1, 1L))).join();
            }
        });

        assertEquals(CLIENTS * 2_000L, store.total());
    }

    @Test
    void moneyIsNeitherMadeNorLost() throws Exception {
        for (long account = 0; account < 5; account++) {
            write(null, part(0, new Insert(account, 100))).join();
        }
        runClients(client -> {
            Random random = new Random(client);
            for (int i = 0; i < 1_000; i++) {
                long from = random.nextInt(5);
                Transfer transfer = new Transfer(from, (from + 1 + random.nextInt(4)) % 5, random.nextInt(40));
                joinUnless(ErrorCode.CHECK_VIOLATION, write(null, part(0, transfer)));
            }
        });

        assertEquals(500, store.total());
        assertTrue(store.fake(0).rows(Commands.CONTAINER).values().stream().allMatch(balance -> balance >= 0));
    }

    @Test
    void crossingStatementsOverPartitionsAllFinish() throws Exception {
        runClients(client -> {
            for (int i = 0; i < 300; i++) {
                Add forth = Add.to(1, 1L, 2L, 3L);
                Add back = Add.to(1, 3L, 2L, 1L);
                boolean even = (client + i) % 2 == 0;
                write(null, part(i % 2, even ? forth : back), part(2 + i % 2, even ? back : forth))
                        .join();
            }
        });

        assertEquals(CLIENTS * 300L * 6, store.total());
        assertEquals(0, owners.counters().underWay());
    }

    @Test
    void duplicatesOfOneTokenAreAppliedOnce() throws Exception {
        runClients(client -> {
            for (int i = 1; i <= 500; i++) {
                WriteResult result = write(new Token(5, i, 1), part(0, Add.to(1, i % 7L)), part(1, Add.to(1, 1L)))
                        .join();
                assertEquals(2, result.updateCount());
            }
        });

        assertEquals(1_000, store.total());
    }

    @Test
    void closingLetsRunningStatementsFinish() throws Exception {
        List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(write(null, part(i % PARTITIONS, Add.to(1, 1L))));
        }
        owners.close();

        for (CompletableFuture<WriteResult> answer : answers) {
            assertEquals(1, answer.join().updateCount());
        }
        assertEquals(500, store.total());
    }

    private interface Client {
        void run(int number) throws Exception;
    }

    private void runClients(Client client) throws ExecutionException, InterruptedException {
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            calls.add(() -> {
                client.run(number);
                return null;
            });
        }
        for (Future<Void> done : clients.invokeAll(calls)) {
            done.get();
        }
    }

    private static PartitionWrite part(int partition, WriteCommand command) {
        return new PartitionWrite(partition, Commands.CONTAINER, 1, command);
    }

    private CompletableFuture<WriteResult> write(@Nullable Token token, PartitionWrite... parts) {
        long deadline = NanoClock.system().nanoTime() + 60_000_000_000L;
        return owners.write(new WriteStatement(token, Arrays.asList(parts), deadline))
                .toCompletableFuture();
    }

    private static void joinUnless(ErrorCode expected, CompletableFuture<WriteResult> answer) {
        try {
            answer.join();
        } catch (CompletionException e) {
            assertEquals(expected, ((TrellisException) e.getCause()).code());
        }
    }
}
