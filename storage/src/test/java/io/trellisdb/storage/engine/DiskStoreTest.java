package io.trellisdb.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.NodeStore;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskStoreTest extends NodeStoreContract {
    private static final LocalDateTime BEGIN = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final int ENTRIES = 3_000;

    @TempDir
    Path folder;

    private int created;

    private StoreOptions options() {
        return StoreOptions.of(folder.resolve("store" + created), PARTITIONS)
                .withMinFreeBytes(0)
                .withSegmentBytes(100_000)
                .withMaxWindowBytes(200_000)
                .withMaxReplayBytes(300_000);
    }

    @Test
    void entriesAreAppliedBesideCheckpoints() {
        ContainerDescriptor readings = Containers.readings(6, false);
        NodeStore store = create();
        TestOwner owner = new TestOwner(store);
        owner.write(0, new Operation.DefineContainer(readings));
        AtomicBoolean isWritten = new AtomicBoolean();
        CompletableFuture<Void> checkpoints = CompletableFuture.runAsync(() -> {
            while (!isWritten.get()) {
                store.checkpoint();
            }
        });

        for (int i = 0; i < ENTRIES; i++) {
            Batch rows = Containers.rows(readings, List.of(List.of("s", BEGIN.plusSeconds(i), 0.5)));
            owner.write(0, new Operation.PutRows(6, 1, rows, RowKeys.ofRows(readings, rows)));
        }
        isWritten.set(true);
        checkpoints.join();

        assertEquals(ENTRIES + 1, store.partition(0).appliedLsn());
        store.close();
    }

    @Override
    NodeStore create() {
        created++;
        return Stores.open(options(), NanoClock.system());
    }

    @Override
    NodeStore reopen(NodeStore store) {
        store.close();
        return Stores.open(options(), NanoClock.system());
    }
}
