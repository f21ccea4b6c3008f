package io.trellisdb.replication.lock;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is locked. Keeps the key bytes it is given; they must not be written afterwards. */
public final class LockKey {
    private static final byte[] NO_BYTES = {};

    private final Kind kind;
    private final long id;
    private final byte[] bytes;
    private final int hash;

    private LockKey(Kind kind, long id, byte[] bytes) {
        this.kind = kind;
        this.id = id;
        this.bytes = bytes;
        this.hash = 31 * Long.hashCode(id) + Arrays.hashCode(bytes);
    }

    public static LockKey container(long containerId) {
        return new LockKey(Kind.CONTAINER, containerId, NO_BYTES);
    }

    public static LockKey row(long containerId, byte[] rowKey) {
        return new LockKey(Kind.ROW, containerId, rowKey);
    }

    public static LockKey indexKey(long indexId, byte[] indexKey) {
        return new LockKey(Kind.INDEX_KEY, indexId, indexKey);
    }

    public static LockKey counter(long containerId, int columnId) {
        byte[] column = {(byte) (columnId >>> 24), (byte) (columnId >>> 16), (byte) (columnId >>> 8), (byte) columnId};
        return new LockKey(Kind.COUNTER, containerId, column);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LockKey key
                && hash == key.hash
                && kind == key.kind
                && id == key.id
                && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return kind + " " + id + " " + Arrays.toString(bytes);
    }

    private enum Kind {
        CONTAINER,
        ROW,
        INDEX_KEY,
        COUNTER
    }
}
