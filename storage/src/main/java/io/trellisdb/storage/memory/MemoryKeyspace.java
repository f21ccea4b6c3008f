package io.trellisdb.storage.memory;

import io.trellisdb.storage.keyspace.KeyCursor;
import io.trellisdb.storage.keyspace.Keyspace;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** An ordered map on the heap; safe for one changing thread per key and any number of readers. */
final class MemoryKeyspace implements Keyspace {
    private final ConcurrentNavigableMap<byte[], byte[]> entries = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    @Override
    public byte @Nullable [] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public boolean contains(byte[] key) {
        return entries.containsKey(key);
    }

    @Override
    public KeyCursor cursor() {
        return new Walk(entries);
    }

    boolean put(byte[] key, byte[] value) {
        return entries.put(key, value) == null;
    }

    boolean insert(byte[] key, byte[] value) {
        return entries.putIfAbsent(key, value) == null;
    }

    boolean delete(byte[] key) {
        return entries.remove(key) != null;
    }

    private static final class Walk implements KeyCursor {
        private final ConcurrentNavigableMap<byte[], byte[]> entries;
        private Map.@Nullable Entry<byte[], byte[]> here;

        private Walk(ConcurrentNavigableMap<byte[], byte[]> entries) {
            this.entries = entries;
        }

        @Override
        public boolean seek(byte[] key) {
            return moved(entries.ceilingEntry(key));
        }

        @Override
        public boolean seekBelow(byte[] key) {
            return moved(entries.lowerEntry(key));
        }

        @Override
        public boolean next() {
            return moved(entries.higherEntry(key()));
        }

        @Override
        public boolean previous() {
            return moved(entries.lowerEntry(key()));
        }

        private boolean moved(Map.@Nullable Entry<byte[], byte[]> entry) {
            here = entry;
            return entry != null;
        }

        @Override
        public byte[] key() {
            return current().getKey();
        }

        @Override
        public byte[] value() {
            return current().getValue();
        }

        private Map.Entry<byte[], byte[]> current() {
            if (here == null) {
                throw new IllegalStateException("cursor stands nowhere");
            }
            return here;
        }

        @Override
        public void close() {
            here = null;
        }
    }
}
