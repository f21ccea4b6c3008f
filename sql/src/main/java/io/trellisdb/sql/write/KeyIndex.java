package io.trellisdb.sql.write;

import java.util.Arrays;
import java.util.List;

/** Encoded keys and the numbers they were given: a hash table with open addressing. Confined to one thread. */
final class KeyIndex {
    private static final int NONE = -1;

    private byte[][] keys;
    private int[] hashes;
    private int[] numbers;
    private int size;

    KeyIndex(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected) * 2 - 1) * 2;
        keys = new byte[capacity][];
        hashes = new int[capacity];
        numbers = new int[capacity];
    }

    static KeyIndex of(List<byte[]> keys) {
        KeyIndex index = new KeyIndex(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            index.put(keys.get(i), i);
        }
        return index;
    }

    /** The number of a key, or -1. */
    int find(byte[] key) {
        int slot = slot(key, hash(key));
        return keys[slot] == null ? NONE : numbers[slot];
    }

    boolean contains(byte[] key) {
        return find(key) != NONE;
    }

    /** Gives a key a number and returns the one it had, or -1. */
    int put(byte[] key, int number) {
        int hash = hash(key);
        int slot = slot(key, hash);
        if (keys[slot] != null) {
            int before = numbers[slot];
            numbers[slot] = number;
            return before;
        }
        keys[slot] = key;
        hashes[slot] = hash;
        numbers[slot] = number;
        if (++size * 2 > keys.length) {
            grow();
        }
        return NONE;
    }

    private static int hash(byte[] key) {
        int hash = Arrays.hashCode(key);
        return hash ^ hash >>> 15;
    }

    private int slot(byte[] key, int hash) {
        int mask = keys.length - 1;
        int slot = hash & mask;
        while (keys[slot] != null && !(hashes[slot] == hash && Arrays.equals(keys[slot], key))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        byte[][] oldKeys = keys;
        int[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        keys = new byte[oldKeys.length * 2][];
        hashes = new int[oldKeys.length * 2];
        numbers = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int slot = slot(oldKeys[i], oldHashes[i]);
                keys[slot] = oldKeys[i];
                hashes[slot] = oldHashes[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
