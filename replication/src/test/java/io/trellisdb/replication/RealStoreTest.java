package io.trellisdb.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.engine.StoreOptions;
import io.trellisdb.storage.engine.Stores;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners over the stores of the product: in memory, and on disk with a journal and JE. */
final class RealStoreTest {
    private static final int PARTITIONS = 4;
    private static final ContainerDescriptor CONTAINER = Commands.container();

    @TempDir
    private Path directory;

    /** Adds one to the values of keys 0 to 9. */
    private record Increment() implements WriteCommand {
        private static final int KEYS = 10;

        @Override
        public WriteDecision decide(WriteContext context) {
            long[] keys = new long[KEYS];
            long[] values = new long[KEYS];
            List<byte[]> rowKeys = new ArrayList<>();
            for (int key = 0; key < KEYS; key++) {
                byte[] rowKey = rowKey(key);
                context.lock(CONTAINER.id(), rowKey);
                Batch before = context.reader().get(CONTAINER.id(), List.of(rowKey), List.of(2), false);
                keys[key] = key;
                values[key] = 1 + (before.rowCount() == 0 ? 0 : ((LongVector) before.column(0)).values()[0]);
                rowKeys.add(rowKey);
            }
            Batch rows = new Batch(KEYS, column(keys), column(values));
            Operation put = new Operation.PutRows(CONTAINER.id(), CONTAINER.version(), rows, rowKeys);
            return new WriteDecision(List.of(put), StoredResult.ofCount(KEYS));
        }
    }

    @Test
    void storeInMemoryCountsEveryStatementOnce() {
        try (NodeStore store = Stores.inMemory(PARTITIONS)) {
            runStatements(store, 1, 200);

            assertValues(store, 200);
        }
    }

    @Test
    void storeOnDiskKeepsWhatWasAnsweredAndAnswersItAgain() {
        try (NodeStore store = Stores.open(StoreOptions.of(directory, PARTITIONS), NanoClock.system())) {
            runStatements(store, 1, 100);
            assertValues(store, 100);
        }
        try (NodeStore store = Stores.open(StoreOptions.of(directory, PARTITIONS), NanoClock.system())) {
            runStatements(store, 2, 100);

            assertValues(store, 100);
        }
    }

    private static void runStatements(NodeStore store, long term, int count) {
        List<TrellisException> failures = new ArrayList<>();
        Catalog catalog = Commands.catalog(CONTAINER);
        try (PartitionOwners owners = new PartitionOwners(
                store,
                () -> catalog,
                partition -> term,
                OwnerSettings.defaults(2),
                NanoClock.system(),
                WallClock.system(),
                failures::add)) {
            owners.start(Thread::new);
            List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                answers.add(owners.write(statement(i)).toCompletableFuture());
            }
            for (CompletableFuture<WriteResult> answer : answers) {
                assertEquals(PARTITIONS * Increment.KEYS, answer.join().updateCount());
                assertEquals(term > 1, answer.join().repeated());
            }
        }
        assertEquals(List.of(), failures);
    }

    private static WriteStatement statement(int sequence) {
        List<PartitionWrite> parts = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            parts.add(new PartitionWrite(partition, CONTAINER.id(), CONTAINER.version(), new Increment()));
        }
        long deadline = NanoClock.system().nanoTime() + 60_000_000_000L;
        return new WriteStatement(new Token(9, sequence, 1), parts, deadline);
    }

    private static void assertValues(NodeStore store, long expected) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Batch row = store.partition(partition).reader().get(CONTAINER.id(), List.of(rowKey(3)), List.of(2), false);
            assertEquals(expected, ((LongVector) row.column(0)).values()[0]);
            assertTrue(store.partition(partition).verify().isEmpty());
        }
    }

    private static byte[] rowKey(long key) {
        return RowKeys.ofRows(CONTAINER, new Batch(1, column(new long[] {key}), column(new long[] {0})))
                .get(0);
    }

    private static LongVector column(long[] values) {
        return new LongVector(DataType.BIGINT, values, null, values.length);
    }
}
