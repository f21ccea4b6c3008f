package io.trellisdb.storage.engine;

import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import io.trellisdb.storage.keyspace.KeyspaceStore;
import io.trellisdb.storage.keyspace.Round;
import io.trellisdb.storage.memory.MemoryKeyspaceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Keyspaces that lose power like JE: of the rounds committed since the last flush some first ones survive, each whole.
 */
final class ForgetfulKeyspaces implements KeyspaceOpener {
    private final int partitionCount;
    private final List<List<Change>> flushed = new ArrayList<>();
    private final List<List<Change>> unflushed = new ArrayList<>();

    private record Change(@Nullable KeyspaceKind kind, int partition, byte[] key, byte @Nullable [] value) {}

    ForgetfulKeyspaces(int partitionCount) {
        this.partitionCount = partitionCount;
    }

    /** The power is gone; what is opened next has only what survived. */
    synchronized void crash(Random random) {
        kill(random);
        flushAll();
    }

    /** The process is gone with rounds that it had not yet written; what it had written may still be lost. */
    synchronized void kill(Random random) {
        unflushed
                .subList(random.nextInt(unflushed.size() + 1), unflushed.size())
                .clear();
    }

    /** The power is gone, and nothing survives but what was flushed. */
    synchronized void forget() {
        unflushed.clear();
    }

    /** Everything is gone. */
    synchronized void lose() {
        flushed.clear();
        unflushed.clear();
    }

    private synchronized void committed(List<Change> changes) {
        unflushed.add(changes);
    }

    private synchronized void flushAll() {
        flushed.addAll(unflushed);
        unflushed.clear();
    }

    @Override
    public synchronized KeyspaceStore open() {
        MemoryKeyspaceStore memory = new MemoryKeyspaceStore(partitionCount);
        try (Round round = memory.begin()) {
            flushed.forEach(changes -> repeat(memory, round, changes));
            unflushed.forEach(changes -> repeat(memory, round, changes));
            round.commit();
        }
        return new Recording(memory);
    }

    private static void repeat(MemoryKeyspaceStore memory, Round round, List<Change> changes) {
        for (Change change : changes) {
            Keyspace keyspace =
                    change.kind() == null ? memory.marks() : memory.keyspace(change.kind(), change.partition());
            if (change.value() == null) {
                round.delete(keyspace, change.key());
            } else {
                round.put(keyspace, change.key(), change.value());
            }
        }
    }

    @Override
    public void putAside() {
        lose();
    }

    private record Named(@Nullable KeyspaceKind kind, int partition, Keyspace delegate) implements Keyspace {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return delegate.get(key);
        }

        @Override
        public boolean contains(byte[] key) {
            return delegate.contains(key);
        }

        @Override
        public KeyCursor cursor() {
            return delegate.cursor();
        }
    }

    private final class Recording implements KeyspaceStore {
        private final MemoryKeyspaceStore memory;

        private Recording(MemoryKeyspaceStore memory) {
            this.memory = memory;
        }

        @Override
        public Keyspace keyspace(KeyspaceKind kind, int partition) {
            return new Named(kind, partition, memory.keyspace(kind, partition));
        }

        @Override
        public Keyspace marks() {
            return new Named(null, 0, memory.marks());
        }

        @Override
        public Round begin() {
            return new RecordingRound(memory.begin());
        }

        @Override
        public void flush() {
            flushAll();
        }

        @Override
        public void close() {}
    }

    private final class RecordingRound implements Round {
        private final Round delegate;
        private final List<Change> changes = new ArrayList<>();

        private RecordingRound(Round delegate) {
            this.delegate = delegate;
        }

        private Keyspace note(Keyspace keyspace, byte[] key, byte @Nullable [] value) {
            Named named = (Named) keyspace;
            changes.add(new Change(named.kind(), named.partition(), key, value));
            return named.delegate();
        }

        @Override
        public boolean put(Keyspace keyspace, byte[] key, byte[] value) {
            return delegate.put(note(keyspace, key, value), key, value);
        }

        @Override
        public boolean insert(Keyspace keyspace, byte[] key, byte[] value) {
            Keyspace target = ((Named) keyspace).delegate();
            return !target.contains(key) && delegate.insert(note(keyspace, key, value), key, value);
        }

        @Override
        public boolean delete(Keyspace keyspace, byte[] key) {
            return delegate.delete(note(keyspace, key, null), key);
        }

        @Override
        public void commit() {
            delegate.commit();
            committed(changes);
        }

        @Override
        public void close() {
            delegate.close();
        }
    }
}
