package io.trellisdb.storage.memory;

import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;

/** Keyspaces on the heap; changes are seen at once and stay when their round is not committed. */
public final class MemoryKeyspaceStore implements KeyspaceStore {
    private final MemoryKeyspace[] keyspaces;
    private final MemoryKeyspace marks = new MemoryKeyspace();

    public MemoryKeyspaceStore(int partitionCount) {
        this.keyspaces = new MemoryKeyspace[partitionCount * KeyspaceKind.count()];
        for (int i = 0; i < keyspaces.length; i++) {
            keyspaces[i] = new MemoryKeyspace();
        }
    }

    @Override
    public Keyspace keyspace(KeyspaceKind kind, int partition) {
        return keyspaces[partition * KeyspaceKind.count() + kind.code()];
    }

    @Override
    public Keyspace marks() {
        return marks;
    }

    @Override
    public Round begin() {
        return new MemoryRound();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private static final class MemoryRound implements Round {
        @Override
        public boolean put(Keyspace keyspace, byte[] key, byte[] value) {
            return ((MemoryKeyspace) keyspace).put(key, value);
        }

        @Override
        public boolean insert(Keyspace keyspace, byte[] key, byte[] value) {
            return ((MemoryKeyspace) keyspace).insert(key, value);
        }

        @Override
        public boolean delete(Keyspace keyspace, byte[] key) {
            return ((MemoryKeyspace) keyspace).delete(key);
        }

        @Override
        public void commit() {}

        @Override
        public void close() {}
    }
}
