package io.trellisdb.storage.journal;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.Crc32c;
import java.util.Optional;

/**
 * The head and name of a segment file. Numbers are big-endian.
 *
 * <pre>
 *    0 magic "TRLSJRNL" (8)   8 format (4)  12 partitions (4)  16 journal id (8)  24 base: the head's own position (8)
 *   32 salt of the FLUSH frames (8)  40 level: 1 = BUFFERED (1)  41 zero (3)  44 checksum: CRC-32C of 0..43 (4)
 *   48 frames
 * </pre>
 *
 * Everything below the base was fsynced before the head was written; the head is fsynced before the first frame.
 * The name is the base in 16 hexadecimal digits and {@value #SUFFIX}, so that names sort like positions.
 */
record SegmentFormat(int partitionCount, long journalId, long base, long salt, boolean isBuffered) {
    static final int FORMAT = 1;
    static final int HEAD_LENGTH = 48;
    static final String SUFFIX = ".journal";

    private static final long MAGIC = 0x5452_4C53_4A52_4E4CL;
    private static final int CHECKED_LENGTH = HEAD_LENGTH - Integer.BYTES;

    static String name(long base) {
        return String.format("%016x", base) + SUFFIX;
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(HEAD_LENGTH);
        out.writeLong(MAGIC);
        out.writeInt(FORMAT);
        out.writeInt(partitionCount);
        out.writeLong(journalId);
        out.writeLong(base);
        out.writeLong(salt);
        out.writeBoolean(isBuffered);
        out.writeByte(0);
        out.writeShort(0);
        out.writeInt(Crc32c.of(out.array(), 0, CHECKED_LENGTH));
        return out.toByteArray();
    }

    /** The head, or empty when the bytes are not a whole one. */
    static Optional<SegmentFormat> decode(byte[] head) {
        if (head.length < HEAD_LENGTH) {
            return Optional.empty();
        }
        ByteReader in = ByteReader.ofStored(head, 0, HEAD_LENGTH);
        long magic = in.readLong();
        int format = in.readInt();
        int partitionCount = in.readInt();
        long journalId = in.readLong();
        long base = in.readLong();
        long salt = in.readLong();
        boolean isBuffered = in.readUnsignedByte() == 1;
        in.skip(3);
        boolean isWhole = magic == MAGIC && format == FORMAT && in.readInt() == Crc32c.of(head, 0, CHECKED_LENGTH);
        return isWhole
                ? Optional.of(new SegmentFormat(partitionCount, journalId, base, salt, isBuffered))
                : Optional.empty();
    }
}
