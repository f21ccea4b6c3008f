package io.trellisdb.storage.engine;

import io.trellisdb.common.time.NanoClock;
import io.trellisdb.storage.NodeStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DiskSeriesReadsTest extends SeriesReadsContract {
    @TempDir
    Path folder;

    @Override
    NodeStore create() {
        return Stores.open(StoreOptions.of(folder, 1).withMinFreeBytes(0), NanoClock.system());
    }
}
