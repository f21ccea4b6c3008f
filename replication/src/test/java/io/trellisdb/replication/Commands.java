package io.trellisdb.replication;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The statements of the tests, on one container of numbers. */
final class Commands {
    static final long CONTAINER = 7;

    private Commands() {}

    static ContainerDescriptor container() {
        return new ContainerDescriptor(
                CONTAINER,
                1,
                1,
                "numbers",
                ContainerKind.COLLECTION,
                List.of(
                        ColumnDescriptor.of(1, "key", DataType.BIGINT, false),
                        ColumnDescriptor.of(2, "value", DataType.BIGINT, false)),
                List.of(new KeyColumn(1, false)),
                List.of(),
                List.of(),
                List.of(),
                new Partitioning.Whole(0),
                Map.of(),
                3);
    }

    static Catalog catalog(ContainerDescriptor... containers) {
        return Catalog.of(1, List.of(), List.of(containers), List.of());
    }

    static Operation put(int version, long key, long value) {
        Batch row = new Batch(1, new LongVector(DataType.BIGINT, new long[] {value}, null, 1));
        return new Operation.PutRows(CONTAINER, version, row, List.of(FakeKeys.encode(key)));
    }

    private static int version(WriteContext context) {
        return context.catalog().findContainer(CONTAINER).orElseThrow().version();
    }

    /** Adds to the values of keys, in their order; answers how many. */
    record Add(List<Long> keys, long amount) implements WriteCommand {
        static Add to(long amount, Long... keys) {
            return new Add(List.of(keys), amount);
        }

        @Override
        public WriteDecision decide(WriteContext context) {
            List<Operation> operations = new ArrayList<>();
            for (long key : keys) {
                context.lock(CONTAINER, FakeKeys.encode(key));
                long before = ((FakePartition) context.reader()).value(CONTAINER, key);
                operations.add(put(version(context), key, before + amount));
            }
            return new WriteDecision(operations, StoredResult.ofCount(keys.size()));
        }
    }

    /** Takes from one key and gives to another; refused when there is not enough. */
    record Transfer(long from, long to, long amount) implements WriteCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            context.lock(CONTAINER, FakeKeys.encode(from));
            context.lock(CONTAINER, FakeKeys.encode(to));
            FakePartition reader = (FakePartition) context.reader();
            long balance = reader.value(CONTAINER, from);
            if (balance < amount) {
                throw new TrellisException(ErrorCode.CHECK_VIOLATION, "balance is too low: " + balance);
            }
            int version = version(context);
            return new WriteDecision(
                    List.of(
                            put(version, from, balance - amount),
                            put(version, to, reader.value(CONTAINER, to) + amount)),
                    StoredResult.ofCount(2));
        }
    }

    /** A new row; refused when there is one. */
    record Insert(long key, long value) implements WriteCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            context.lock(CONTAINER, FakeKeys.encode(key));
            if (context.reader().exists(CONTAINER, FakeKeys.encode(key))) {
                throw new TrellisException(ErrorCode.UNIQUE_VIOLATION, "duplicate key: " + key);
            }
            return new WriteDecision(List.of(put(version(context), key, value)), StoredResult.ofCount(1));
        }
    }

    /** Rows under hidden row ids. */
    record Append(int rows) implements WriteCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            List<Operation> operations = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                long rowId = context.nextRowId(CONTAINER);
                context.lock(CONTAINER, FakeKeys.encode(rowId));
                operations.add(put(version(context), rowId, 1));
            }
            return new WriteDecision(operations, StoredResult.ofCount(rows));
        }
    }

    record Truncate() implements WriteCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            context.lockContainer(CONTAINER);
            return new WriteDecision(List.of(new Operation.Truncate(CONTAINER)), StoredResult.ofCount(0));
        }
    }

    /** Looks at a row and changes nothing. */
    record Look(long key) implements WriteCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            context.lock(CONTAINER, FakeKeys.encode(key));
            return WriteDecision.nothing();
        }
    }

    /** Fails, whatever there is. */
    record Fail(RuntimeException failure) implements WriteCommand {
        @Override
        public WriteDecision decide(WriteContext context) {
            throw failure;
        }
    }

    /** Swallows the signal of a missing lock, which no command may. */
    record Swallow(long key) implements WriteCommand {
        @Override
        @SuppressWarnings("EmptyCatch")
        public WriteDecision decide(WriteContext context) {
            try {
                context.lock(CONTAINER, FakeKeys.encode(key));
            } catch (LockUnavailable e) {
                // Just what is forbidden.
            }
            return new WriteDecision(List.of(put(1, key, -1)), StoredResult.ofCount(1));
        }
    }
}
