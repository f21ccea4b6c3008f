package io.trellisdb.storage.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keys of rows and index entries.
 *
 * <pre>
 * row    0 slot (4) · row key
 * entry  0 slot (4) · index key · row key
 * </pre>
 */
final class Slots {
    static final int LENGTH = Integer.BYTES;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Slots() {}

    /** The first key of a slot. */
    static byte[] key(int slot) {
        byte[] key = new byte[LENGTH];
        INTS.set(key, 0, slot);
        return key;
    }

    static byte[] key(int slot, byte[] rest) {
        byte[] key = new byte[LENGTH + rest.length];
        INTS.set(key, 0, slot);
        System.arraycopy(rest, 0, key, LENGTH, rest.length);
        return key;
    }

    static byte[] key(int slot, byte[] indexKey, int indexKeyLength, byte[] rowKey) {
        byte[] key = new byte[LENGTH + indexKeyLength + rowKey.length];
        INTS.set(key, 0, slot);
        System.arraycopy(indexKey, 0, key, LENGTH, indexKeyLength);
        System.arraycopy(rowKey, 0, key, LENGTH + indexKeyLength, rowKey.length);
        return key;
    }

    static int slot(byte[] key) {
        return (int) INTS.get(key, 0);
    }

    static byte[] tail(byte[] key, int from) {
        return Arrays.copyOfRange(key, from, key.length);
    }

    /** The smallest key above this one. */
    static byte[] above(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
