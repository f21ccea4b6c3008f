package io.trellisdb.common.codec;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The CRC-32C (Castagnoli) of some bytes, as an int to be stored. */
public final class Crc32c {
    private Crc32c() {}

    public static int of(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Of the buffer's remaining bytes; its position stays. */
    public static int of(ByteBuffer buffer) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate());
        return (int) crc.getValue();
    }
}
