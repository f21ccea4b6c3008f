package io.trellisdb.storage.table;

import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.Round;

/** One partition's view of a round that several share: whether the partition changed something. Confined to one thread. */
final class PartitionRound implements Round {
    private final Round shared;
    private boolean isUsed;

    PartitionRound(Round shared) {
        this.shared = shared;
    }

    boolean isUsed() {
        return isUsed;
    }

    @Override
    public boolean put(Keyspace keyspace, byte[] key, byte[] value) {
        isUsed = true;
        return shared.put(keyspace, key, value);
    }

    @Override
    public boolean insert(Keyspace keyspace, byte[] key, byte[] value) {
        isUsed = true;
        return shared.insert(keyspace, key, value);
    }

    @Override
    public boolean delete(Keyspace keyspace, byte[] key) {
        isUsed = true;
        return shared.delete(keyspace, key);
    }

    @Override
    public void commit() {
        throw new IllegalStateException("a shared round is committed by whoever began it");
    }

    @Override
    public void close() {}
}
