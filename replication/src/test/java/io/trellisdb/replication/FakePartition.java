package io.trellisdb.replication;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.BatchCursor;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.LatestRequest;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionReader;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.storage.ScanRequest;
import io.trellisdb.storage.StoredResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A partition in memory whose rows are one number under one number. */
final class FakePartition implements PartitionStore, PartitionReader {
    private final int number;
    private final FakeJournal journal;
    private final Map<Long, TreeMap<Long, Long>> rows = new HashMap<>();
    private final Map<String, StoredResult> results = new HashMap<>();
    private final Map<Long, ContainerDescriptor> containers = new HashMap<>();
    private final Map<String, Long> counters = new HashMap<>();
    private final Map<Long, Long> trimmed = new HashMap<>();
    private final Map<Long, IndexDescriptor.State> indexStates = new HashMap<>();
    private @Nullable JournalEntry last;
    private Supplier<List<String>> problems = List::of;

    FakePartition(int number, FakeJournal journal) {
        this.number = number;
        this.journal = journal;
    }

    synchronized void apply(JournalEntry entry) {
        if (entry.lsn() != appliedLsn() + 1) {
            throw new AssertionError("applied out of order: " + entry.lsn() + " after " + appliedLsn());
        }
        last = entry;
        Token token = entry.token();
        if (token != null && results.put(name(token), entry.result()) != null) {
            throw new AssertionError("token is applied twice: " + token);
        }
        entry.operations().forEach(this::apply);
    }

    private void apply(Operation operation) {
        if (operation instanceof Operation.PutRows put) {
            if (put.schemaVersion() != schemaVersion(put.containerId())) {
                throw new AssertionError("row of an unknown version: " + put);
            }
            LongVector values = (LongVector) put.rows().column(0);
            for (int i = 0; i < put.rowKeys().size(); i++) {
                container(put.containerId()).put(FakeKeys.decode(put.rowKeys().get(i)), values.values()[i]);
            }
        } else if (operation instanceof Operation.DeleteRows delete) {
            delete.rowKeys().forEach(key -> container(delete.containerId()).remove(FakeKeys.decode(key)));
        } else if (operation instanceof Operation.Truncate) {
            container(operation.containerId()).clear();
        } else if (operation instanceof Operation.DefineContainer define) {
            containers.put(define.containerId(), define.descriptor());
        } else if (operation instanceof Operation.DropContainer) {
            containers.remove(operation.containerId());
            rows.remove(operation.containerId());
        } else if (operation instanceof Operation.ReserveCounter reserve) {
            counters.put(reserve.containerId() + "/" + reserve.columnId(), reserve.upTo());
        } else if (operation instanceof Operation.SetIndexState state) {
            indexStates.put(state.indexId(), state.state());
        } else {
            throw new AssertionError("unexpected operation: " + operation);
        }
    }

    private Map<Long, Long> container(long containerId) {
        return rows.computeIfAbsent(containerId, id -> new TreeMap<>());
    }

    /** The value under a key, 0 if there is none. */
    synchronized long value(long containerId, long key) {
        return container(containerId).getOrDefault(key, 0L);
    }

    synchronized Map<Long, Long> rows(long containerId) {
        return Map.copyOf(container(containerId));
    }

    synchronized Optional<IndexDescriptor.State> indexState(long indexId) {
        return Optional.ofNullable(indexStates.get(indexId));
    }

    private static String name(Token token) {
        return token.session() + "/" + token.sequence();
    }

    @Override
    public int partition() {
        return number;
    }

    @Override
    public synchronized long appliedLsn() {
        return last == null ? 0 : last.lsn();
    }

    @Override
    public synchronized long lastHash() {
        return last == null ? 0 : journal.chainHash(last);
    }

    @Override
    public long lastLsn() {
        return appliedLsn();
    }

    @Override
    public synchronized long lastCommitTimestamp() {
        return last == null ? 0 : last.commitTimestamp();
    }

    @Override
    public PartitionReader reader() {
        return this;
    }

    @Override
    public List<String> verify() {
        return problems.get();
    }

    /** What is asked when somebody looks whether the partition fits together. */
    void verification(Supplier<List<String>> answers) {
        problems = answers;
    }

    @Override
    public Batch get(long containerId, List<byte[]> rowKeys, List<Integer> columnIds, boolean withRowKey) {
        throw new UnsupportedOperationException("tests read values");
    }

    @Override
    public synchronized boolean exists(long containerId, byte[] rowKey) {
        return container(containerId).containsKey(FakeKeys.decode(rowKey));
    }

    @Override
    public Optional<byte[]> findByUniqueIndex(long containerId, long indexId, byte[] indexKey) {
        return Optional.empty();
    }

    @Override
    public AggregateCursor aggregate(AggregateRequest request) {
        throw new IllegalArgumentException("container is not a time series: " + request.containerId());
    }

    @Override
    public BatchCursor latest(LatestRequest request) {
        throw new IllegalArgumentException("container is not a time series: " + request.containerId());
    }

    @Override
    public BatchCursor scan(ScanRequest request) {
        return BatchCursor.empty();
    }

    @Override
    public synchronized long estimateRows(long containerId) {
        return container(containerId).size();
    }

    @Override
    public synchronized Optional<StoredResult> findResult(Token token) {
        return Optional.ofNullable(results.get(name(token)));
    }

    /** Forgets a session's results below a sequence. */
    synchronized void trim(long session, long below) {
        trimmed.put(session, below);
        results.keySet().removeIf(name -> name.startsWith(session + "/"));
    }

    @Override
    public synchronized long trimmedBelow(long session) {
        return trimmed.getOrDefault(session, 0L);
    }

    @Override
    public synchronized int schemaVersion(long containerId) {
        ContainerDescriptor container = containers.get(containerId);
        return container == null ? 0 : container.version();
    }

    @Override
    public synchronized long counter(long containerId, int columnId) {
        return counters.getOrDefault(containerId + "/" + columnId, 0L);
    }
}
