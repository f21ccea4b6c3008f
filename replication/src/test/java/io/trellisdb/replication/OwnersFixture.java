package io.trellisdb.replication;

import io.trellisdb.common.catalog.Catalog;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.token.Token;
import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.write.PartitionWrite;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteResult;
import io.trellisdb.storage.write.WriteStatement;
import io.trellisdb.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Owners without threads: the test runs rounds and flushes. */
final class OwnersFixture {
    final ManualClock clock = new ManualClock();
    final FakeNodeStore store;
    final PartitionOwners owners;
    final List<Writer> writers;
    private final List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
    final List<TrellisException> failures = new ArrayList<>();
    Catalog catalog = Commands.catalog(Commands.container());

    OwnersFixture(int partitions, int writerCount) {
        this(new FakeNodeStore(partitions), OwnerSettings.defaults(writerCount), 1);
    }

    OwnersFixture(FakeNodeStore store, OwnerSettings settings, long term) {
        this.store = store;
        this.owners = new PartitionOwners(store, () -> catalog, p -> term, settings, clock, clock, failures::add);
        this.writers = owners.startByHand();
        settle();
    }

    /** The same node after a crash that left what is durable now. */
    OwnersFixture crash() {
        return crash(store.journal().durableGroups());
    }

    OwnersFixture crash(List<List<JournalEntry>> groups) {
        return new OwnersFixture(new FakeNodeStore(store.partitionCount(), groups), OwnerSettings.defaults(2), 2);
    }

    CompletableFuture<WriteResult> write(int partition, WriteCommand command) {
        return write(null, part(partition, command));
    }

    CompletableFuture<WriteResult> write(@Nullable Token token, PartitionWrite... parts) {
        long deadline = clock.nanoTime() + Duration.ofSeconds(30).toNanos();
        return owners.write(new WriteStatement(token, List.of(parts), deadline)).toCompletableFuture();
    }

    /** A statement whose answer does not matter. */
    void send(int partition, WriteCommand command) {
        send(null, part(partition, command));
    }

    void send(@Nullable Token token, PartitionWrite... parts) {
        sent.add(write(token, parts));
    }

    PartitionWrite part(int partition, WriteCommand command) {
        int version = catalog.findContainer(Commands.CONTAINER)
                .map(container -> container.version())
                .orElse(0);
        return new PartitionWrite(partition, Commands.CONTAINER, version, command);
    }

    /** Runs rounds until no writer has anything to do; flushes nothing. */
    void runRounds() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Writer writer : writers) {
                busy |= writer.round();
            }
        }
    }

    /** Runs rounds and flushes until nothing happens any more. */
    void settle() {
        runRounds();
        while (store.journal().flushOne()) {
            runRounds();
        }
    }

    int locks() {
        return writers.stream()
                .flatMap(writer -> writer.partitions().stream())
                .mapToInt(partition -> partition.locks().size())
                .sum();
    }

    /** The failure of an answer. */
    static TrellisException failure(CompletableFuture<?> answer) {
        try {
            Object result = answer.getNow(null);
            throw new AssertionError(result == null ? "there is no answer yet" : "statement succeeded: " + result);
        } catch (CompletionException e) {
            return (TrellisException) e.getCause();
        }
    }
}
