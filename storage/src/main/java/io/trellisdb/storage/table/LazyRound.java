package io.trellisdb.storage.table;

import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import org.jspecify.annotations.Nullable;

/** A round that begins with its first change, so that one without changes costs nothing. Confined to one thread. */
final class LazyRound implements Round {
    private final KeyspaceStore store;
    private @Nullable Round begun;

    LazyRound(KeyspaceStore store) {
        this.store = store;
    }

    private Round begun() {
        Round round = begun;
        if (round == null) {
            round = store.begin();
            begun = round;
        }
        return round;
    }

    @Override
    public boolean put(Keyspace keyspace, byte[] key, byte[] value) {
        return begun().put(keyspace, key, value);
    }

    @Override
    public boolean insert(Keyspace keyspace, byte[] key, byte[] value) {
        return begun().insert(keyspace, key, value);
    }

    @Override
    public boolean delete(Keyspace keyspace, byte[] key) {
        return begun().delete(keyspace, key);
    }

    @Override
    public void commit() {
        if (begun != null) {
            begun.commit();
        }
    }

    @Override
    public void close() {
        if (begun != null) {
            begun.close();
        }
    }
}
