package io.trellisdb.storage.engine;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.Journal;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.PartitionStore;
import io.trellisdb.storage.StoredResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The simplest owner of all partitions: one statement after the other, each appended, awaited and applied. */
final class TestOwner {
    private final NodeStore store;
    private final long[] lsns;
    private final long[] hashes;
    private long timestamp;

    TestOwner(NodeStore store) {
        this.store = store;
        this.lsns = new long[store.partitionCount()];
        this.hashes = new long[store.partitionCount()];
        for (int partition = 0; partition < lsns.length; partition++) {
            PartitionStore each = store.partition(partition);
            lsns[partition] = each.lastLsn();
            hashes[partition] = each.lastHash();
            timestamp = Math.max(timestamp, each.lastCommitTimestamp());
        }
    }

    NodeStore store() {
        return store;
    }

    /** Moves the clock of commit timestamps. */
    void advanceMillis(long millis) {
        timestamp += millis << 16;
    }

    void write(int partition, Operation... operations) {
        write(null, null, Map.of(partition, List.of(operations)));
    }

    void write(Token token, StoredResult result, int partition, Operation... operations) {
        write(token, result, Map.of(partition, List.of(operations)));
    }

    void write(@Nullable Token token, @Nullable StoredResult result, Map<Integer, List<Operation>> parts) {
        List<JournalEntry> group = entries(token, result, parts);
        append(store.journal(), group);
        store.apply(group);
    }

    /** The next entries of these partitions; they count as written. */
    List<JournalEntry> entries(
            @Nullable Token token, @Nullable StoredResult result, Map<Integer, List<Operation>> parts) {
        List<JournalEntry> group = new ArrayList<>();
        timestamp++;
        new TreeMap<>(parts).forEach((partition, operations) -> {
            JournalEntry entry = new JournalEntry(
                    partition,
                    JournalEntry.Kind.OPERATIONS,
                    1,
                    ++lsns[partition],
                    hashes[partition],
                    timestamp,
                    token,
                    result,
                    operations);
            hashes[partition] = store.journal().chainHash(entry);
            group.add(entry);
        });
        return group;
    }

    /** Appends and waits until the group may be acknowledged. */
    static void append(Journal journal, List<JournalEntry> group) {
        await(appendLater(journal, group));
    }

    /** Appends; the future ends when the group may be acknowledged, or cannot be. */
    static CompletableFuture<Boolean> appendLater(Journal journal, List<JournalEntry> group) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        journal.append(group, new Journal.DurabilityListener() {
            @Override
            public void durable() {
                done.complete(true);
            }

            @Override
            public void failed(RuntimeException cause) {
                done.completeExceptionally(cause);
            }
        });
        return done;
    }

    /** Throws what the append failed with. */
    static void await(CompletableFuture<Boolean> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TrellisException failure
                    ? failure
                    : new IllegalStateException("append failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrellisException(ErrorCode.INTERNAL, "interrupted", e);
        }
    }
}
