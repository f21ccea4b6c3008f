package io.trellisdb.storage.engine;

import io.trellisdb.storage.NodeStore;

final class MemoryStoreTest extends NodeStoreContract {
    @Override
    NodeStore create() {
        return Stores.inMemory(PARTITIONS);
    }

    @Override
    NodeStore reopen(NodeStore store) {
        return store;
    }
}
