package io.trellisdb.replication;

import java.nio.ByteBuffer;

/** Row keys of the tests: a number in eight bytes. */
final class FakeKeys {
    private FakeKeys() {}

    static byte[] encode(long key) {
        return ByteBuffer.allocate(Long.BYTES).putLong(key).array();
    }

    static long decode(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }
}
