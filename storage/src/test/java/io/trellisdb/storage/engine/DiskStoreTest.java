package io.trellisdb.storage.engine;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.NodeStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DiskStoreTest extends NodeStoreContract {
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
