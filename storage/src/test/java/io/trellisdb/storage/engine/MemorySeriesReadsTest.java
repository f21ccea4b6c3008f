package io.trellisdb.storage.engine;

import io.trellisdb.storage.NodeStore;

final class MemorySeriesReadsTest extends SeriesReadsContract {
    @Override
    NodeStore create() {
        return Stores.inMemory(1);
    }
}
