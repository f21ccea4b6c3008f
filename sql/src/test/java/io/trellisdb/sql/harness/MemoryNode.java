package io.trellisdb.sql.harness;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.common.time.WallClock;
import io.trellisdb.common.token.Token;
import io.trellisdb.sql.session.CatalogChange;
import io.trellisdb.sql.session.QueryServices;
import io.trellisdb.sql.session.SessionInfo;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.engine.Stores;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The services of one node over a store on the heap. Confined to one thread. */
public final class MemoryNode implements QueryServices {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final NodeStore store;
    private final PartitionTable table;
    private final MemoryCatalog catalog;
    private final Map<Long, Long> rowIds = new HashMap<>();
    private final Map<String, Long> identities = new HashMap<>();
    private final List<Token> cancelled = new ArrayList<>();
    private final List<Runnable> beforeWrites = new ArrayList<>();
    private long nanos;
    private int writes;

    public MemoryNode(int partitions) {
        this.store = Stores.inMemory(partitions);
        List<PartitionTable.Row> rows = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            rows.add(new PartitionTable.Row(1, 1, List.of()));
        }
        this.table = new PartitionTable(1, List.of(new NodeAddress(1, "node1", "127.0.0.1", 1)), rows);
        this.catalog = new MemoryCatalog(partitions);
    }

    /** Does something once, just before the next write is decided: another statement in between. */
    public void beforeNextWrite(Runnable work) {
        beforeWrites.add(work);
    }

    /** How many write statements were decided. */
    public int writeCount() {
        return writes;
    }

    @Override
    public Catalog catalog() {
        return catalog.image();
    }

    @Override
    public PartitionTable partitionTable() {
        return table;
    }

    @Override
    public PartitionReader reader(int partition) {
        return store.partition(partition).reader();
    }

    @Override
    public CompletionStage<WriteResult> write(WriteStatement statement) {
        List<Runnable> now = List.copyOf(beforeWrites);
        beforeWrites.clear();
        now.forEach(Runnable::run);
        try {
            return CompletableFuture.completedFuture(decide(statement));
        } catch (TrellisException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private WriteResult decide(WriteStatement statement) {
        Token token = statement.token();
        List<StoredResult> known = new ArrayList<>();
        if (token != null) {
            for (PartitionWrite part : statement.parts()) {
                reader(part.partition()).findResult(token).ifPresent(known::add);
            }
        }
        if (!known.isEmpty()) {
            return new WriteResult(known, true);
        }
        writes++;
        List<JournalEntry> entries = new ArrayList<>();
        List<StoredResult> results = new ArrayList<>();
        for (PartitionWrite part : statement.parts()) {
            ContainerDescriptor container = catalog()
                    .findContainer(part.containerId())
                    .orElseThrow(() -> new TrellisException(ErrorCode.SCHEMA_CHANGED, "container is gone"));
            if (container.version() != part.schemaVersion()) {
                throw new TrellisException(ErrorCode.SCHEMA_CHANGED, "container has another version");
            }
            WriteDecision decision = part.command().decide(new Context(part.partition()));
            results.add(decision.result());
            List<Operation> operations = new ArrayList<>();
            if (reader(part.partition()).schemaVersion(container.id()) < container.version()) {
                operations.add(new Operation.DefineContainer(container));
            }
            operations.addAll(decision.operations());
            entries.add(entry(part.partition(), token, decision.result(), operations));
        }
        store.apply(entries);
        return new WriteResult(results, false);
    }

    private JournalEntry entry(
            int partition, @Nullable Token token, @Nullable StoredResult result, List<Operation> operations) {
        PartitionStore of = store.partition(partition);
        return new JournalEntry(
                partition,
                JournalEntry.Kind.OPERATIONS,
                1,
                of.lastLsn() + 1,
                of.lastHash(),
                of.lastCommitTimestamp() + 1,
                token,
                token == null ? null : result,
                operations);
    }

    private final class Context implements WriteContext {
        private final int partition;

        Context(int partition) {
            this.partition = partition;
        }

        @Override
        public PartitionReader reader() {
            return MemoryNode.this.reader(partition);
        }

        @Override
        public Catalog catalog() {
            return MemoryNode.this.catalog();
        }

        @Override
        public void lock(long containerId, byte[] rowKey) {}

        @Override
        public void lockIndexKey(long indexId, byte[] indexKey) {}

        @Override
        public void lockContainer(long containerId) {}

        @Override
        public long nextRowId(long containerId) {
            return rowIds.merge(containerId, 1L, Long::sum);
        }

        @Override
        public long nowMillis() {
            return NOW.toEpochMilli();
        }
    }

    @Override
    public void cancel(Token token) {
        cancelled.add(token);
    }

    /** The changes that were to end while they wait at their owners. */
    public List<Token> cancelled() {
        return List.copyOf(cancelled);
    }

    @Override
    public long reserveIdentity(long containerId, int columnId, int count) {
        long next = identities.merge(containerId + "." + columnId, (long) count, Long::sum);
        return next - count;
    }

    @Override
    public Catalog change(CatalogChange change) {
        Catalog before = catalog.image();
        Catalog after = catalog.apply(change);
        follow(before, after);
        if (change instanceof CatalogChange.CreateIndex create) {
            build(create.containerId(), before);
        }
        return catalog.image();
    }

    /** Every partition learns of changed and dropped containers, and new indexes are filled. */
    private void follow(Catalog before, Catalog after) {
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            List<Operation> operations = new ArrayList<>();
            for (ContainerDescriptor container : after.containers()) {
                if (!before.findContainer(container.id()).equals(Optional.of(container))) {
                    operations.add(new Operation.DefineContainer(container));
                }
            }
            for (ContainerDescriptor container : before.containers()) {
                if (after.findContainer(container.id()).isEmpty()) {
                    operations.add(new Operation.DropContainer(container.id()));
                }
            }
            if (!operations.isEmpty()) {
                store.apply(List.of(entry(partition, null, null, operations)));
            }
        }
    }

    private void build(long containerId, Catalog before) {
        ContainerDescriptor container = catalog().findContainer(containerId).orElseThrow();
        IndexDescriptor index = container.indexes().get(container.indexes().size() - 1);
        try {
            for (int partition = 0; partition < table.partitionCount(); partition++) {
                byte[] after = {};
                do {
                    after = store.backfill(partition, container, index.id(), after, 100);
                } while (after.length > 0);
            }
        } catch (TrellisException e) {
            catalog.apply(new CatalogChange.DropIndex(containerId, index.id()));
            follow(before, catalog.image());
            throw e;
        }
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            Operation ready = new Operation.SetIndexState(containerId, index.id(), IndexDescriptor.State.PUBLIC);
            store.apply(List.of(entry(partition, null, null, List.of(ready))));
        }
        catalog.publish(containerId, index.id());
    }

    @Override
    public List<SessionInfo> sessions() {
        return List.of();
    }

    @Override
    public boolean kill(long sessionId, boolean onlyStatement) {
        return sessionId == 7;
    }

    @Override
    public List<String> verify(int partition) {
        return store.partition(partition).verify();
    }

    @Override
    public String clusterName() {
        return "trellis";
    }

    @Override
    public WallClock wallClock() {
        return () -> NOW;
    }

    @Override
    public NanoClock nanoClock() {
        return () -> nanos += 1000;
    }

    /** What is wrong with the store; nothing when all is well. */
    public List<String> verify() {
        List<String> wrong = new ArrayList<>();
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            wrong.addAll(store.partition(partition).verify());
        }
        return wrong;
    }
}
