package io.trellisdb.replication;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A node's partitions in memory, made from what its journal holds. */
final class FakeNodeStore implements NodeStore {
    private final FakeJournal journal;
    private final List<FakePartition> partitions = new ArrayList<>();
    private volatile boolean failing;
    private volatile @Nullable ErrorCode refusal;
    private volatile IntPredicate duplicateIn = partition -> false;

    FakeNodeStore(int partitionCount) {
        this(partitionCount, List.of());
    }

    /** A store as it opens after a crash that left these groups. */
    FakeNodeStore(int partitionCount, List<List<JournalEntry>> groups) {
        this.journal = new FakeJournal(groups);
        for (int partition = 0; partition < partitionCount; partition++) {
            partitions.add(new FakePartition(partition, journal));
        }
        groups.forEach(this::apply);
    }

    FakePartition fake(int partition) {
        return partitions.get(partition);
    }

    long value(int partition, long key) {
        return fake(partition).value(Commands.CONTAINER, key);
    }

    /** The sum of all values of all partitions. */
    long total() {
        return partitions.stream()
                .flatMap(partition -> partition.rows(Commands.CONTAINER).values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    void failApplies() {
        failing = true;
    }

    /** Lets index builds find a duplicate in these partitions. */
    void plantDuplicate(IntPredicate in) {
        duplicateIn = in;
    }

    @Override
    public int partitionCount() {
        return partitions.size();
    }

    @Override
    public FakePartition partition(int partition) {
        return partitions.get(partition);
    }

    @Override
    public FakeJournal journal() {
        return journal;
    }

    @Override
    public void apply(List<JournalEntry> entries) {
        if (failing) {
            throw new IllegalStateException("store is gone");
        }
        entries.forEach(entry -> partitions.get(entry.partition()).apply(entry));
    }

    @Override
    public byte[] backfill(int partition, ContainerDescriptor container, long indexId, byte[] after, int maxRows) {
        if (duplicateIn.test(partition)) {
            throw new TrellisException(ErrorCode.UNIQUE_VIOLATION, "duplicate key: " + partition);
        }
        long step = after.length == 0 ? 1 : FakeKeys.decode(after) + 1;
        return step < 3 ? FakeKeys.encode(step) : new byte[0];
    }

    /** Refuses statements with this code from now on, or takes them again. */
    void refuseWith(@Nullable ErrorCode code) {
        refusal = code;
    }

    @Override
    public void requireWritable() {
        ErrorCode code = refusal;
        if (code != null) {
            throw new TrellisException(code, "store is not writable");
        }
    }

    @Override
    public void checkpoint() {}

    @Override
    public void close() {}
}
