package io.trellisdb.storage.journal;

import io.trellisdb.common.codec.Crc32c;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of a journal frame. Numbers are big-endian.
 *
 * <pre>
 *    0                   4      5      6      7
 *   +-------------------+------+------+------+------+
 *   | length            |format|flags | kind | key  |   length of the whole frame; key 0 = not encrypted
 *   +-------------------+------+------+------+------+
 *
 *   entry frames (every kind but FLUSH)
 *    8 partition (4)  12 term (8)  20 LSN (8)  28 previous hash (8)  36 commit timestamp (8)
 *   44 token session (8, 0 = none)  52 token sequence (8)  60 lowest unfinished sequence (8)
 *   68 payload: all of an entry's or, in a PART and the COMMIT that closes it, a piece
 *      [group checksum (4): CRC-32C of the group's frames before this one, if flag GROUP_CLOSES]
 *      checksum (4)
 *
 *   FLUSH frames
 *    8 magic (8)  16 own position (8)  24 position known fsynced (8)  32 checksum (4)
 * </pre>
 *
 * The checksum is the CRC-32C of everything before it; that of a FLUSH frame begins with the segment's salt, so that no row
 * can contain bytes that pass for one.
 */
final class FrameFormat {
    static final int FORMAT = 1;
    /** Another frame of the same group follows. */
    static final int GROUP_CONTINUES = 1;
    /** The group's last frame, with a group checksum. A frame with neither flag is a group of its own. */
    static final int GROUP_CLOSES = 2;

    static final int FLAGS = GROUP_CONTINUES | GROUP_CLOSES;

    static final int PREAMBLE_LENGTH = 8;
    static final int ENTRY_HEADER_LENGTH = 68;
    static final int CHECKSUM_LENGTH = 4;
    static final int GROUP_CHECKSUM_LENGTH = 4;
    static final int FLUSH_LENGTH = 36;
    /** Larger entries are split. */
    static final int PAYLOAD_MAX = 4 * 1024 * 1024;

    static final int FRAME_MAX = ENTRY_HEADER_LENGTH + PAYLOAD_MAX + GROUP_CHECKSUM_LENGTH + CHECKSUM_LENGTH;
    static final long FLUSH_MAGIC = 0x5452_454C_4C49_5346L;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private FrameFormat() {}

    static int length(byte[] bytes, int frame) {
        return (int) INTS.get(bytes, frame);
    }

    static int format(byte[] bytes, int frame) {
        return bytes[frame + 4] & 0xFF;
    }

    static int flags(byte[] bytes, int frame) {
        return bytes[frame + 5] & 0xFF;
    }

    static int kind(byte[] bytes, int frame) {
        return bytes[frame + 6] & 0xFF;
    }

    static int keyId(byte[] bytes, int frame) {
        return bytes[frame + 7] & 0xFF;
    }

    static int partition(byte[] bytes, int frame) {
        return (int) INTS.get(bytes, frame + 8);
    }

    static long term(byte[] bytes, int frame) {
        return (long) LONGS.get(bytes, frame + 12);
    }

    static long lsn(byte[] bytes, int frame) {
        return (long) LONGS.get(bytes, frame + 20);
    }

    static long previousHash(byte[] bytes, int frame) {
        return (long) LONGS.get(bytes, frame + 28);
    }

    static long commitTimestamp(byte[] bytes, int frame) {
        return (long) LONGS.get(bytes, frame + 36);
    }

    static long session(byte[] bytes, int frame) {
        return (long) LONGS.get(bytes, frame + 44);
    }

    static long sequence(byte[] bytes, int frame) {
        return (long) LONGS.get(bytes, frame + 52);
    }

    static long lowestUnfinished(byte[] bytes, int frame) {
        return (long) LONGS.get(bytes, frame + 60);
    }

    /** Bytes of an entry frame's payload. */
    static int payloadLength(byte[] bytes, int frame) {
        int trailer = (flags(bytes, frame) & GROUP_CLOSES) == 0 ? 0 : GROUP_CHECKSUM_LENGTH;
        return length(bytes, frame) - ENTRY_HEADER_LENGTH - trailer - CHECKSUM_LENGTH;
    }

    static int groupChecksum(byte[] bytes, int frame) {
        return (int) INTS.get(bytes, frame + length(bytes, frame) - CHECKSUM_LENGTH - GROUP_CHECKSUM_LENGTH);
    }

    static int checksum(byte[] bytes, int frame) {
        return (int) INTS.get(bytes, frame + length(bytes, frame) - CHECKSUM_LENGTH);
    }

    static boolean isLengthPossible(int length) {
        return length >= FLUSH_LENGTH && length <= FRAME_MAX;
    }

    /** Whether an entry frame whose bytes are all there is whole. */
    static boolean isEntryWhole(byte[] bytes, int frame) {
        int kind = kind(bytes, frame);
        return format(bytes, frame) == FORMAT
                && keyId(bytes, frame) == 0
                && (flags(bytes, frame) & ~FLAGS) == 0
                && flags(bytes, frame) != FLAGS
                && kind >= 1
                && kind != FLUSH_KIND
                && payloadLength(bytes, frame) >= 0
                && checksum(bytes, frame) == Crc32c.of(bytes, frame, length(bytes, frame) - CHECKSUM_LENGTH);
    }

    private static final int FLUSH_KIND = io.trellisdb.storage.JournalEntry.Kind.FLUSH.code();

    /** Writes a FLUSH frame at {@code frame}. */
    static void putFlush(byte[] bytes, int frame, long salt, long ownPosition, long syncedPosition) {
        INTS.set(bytes, frame, FLUSH_LENGTH);
        bytes[frame + 4] = FORMAT;
        bytes[frame + 5] = 0;
        bytes[frame + 6] = (byte) FLUSH_KIND;
        bytes[frame + 7] = 0;
        LONGS.set(bytes, frame + 8, FLUSH_MAGIC);
        LONGS.set(bytes, frame + 16, ownPosition);
        LONGS.set(bytes, frame + 24, syncedPosition);
        INTS.set(bytes, frame + 32, flushChecksum(bytes, frame, salt));
    }

    /** Whether the {@link #FLUSH_LENGTH} bytes at {@code frame} are the FLUSH frame of that position. */
    static boolean isFlushWhole(byte[] bytes, int frame, long salt, long ownPosition) {
        return (long) LONGS.get(bytes, frame + 8) == FLUSH_MAGIC
                && length(bytes, frame) == FLUSH_LENGTH
                && format(bytes, frame) == FORMAT
                && flags(bytes, frame) == 0
                && kind(bytes, frame) == FLUSH_KIND
                && keyId(bytes, frame) == 0
                && (long) LONGS.get(bytes, frame + 16) == ownPosition
                && (int) INTS.get(bytes, frame + 32) == flushChecksum(bytes, frame, salt);
    }

    static long syncedPosition(byte[] bytes, int frame) {
        return (long) LONGS.get(bytes, frame + 24);
    }

    private static int flushChecksum(byte[] bytes, int frame, long salt) {
        byte[] salted = new byte[Long.BYTES + FLUSH_LENGTH - CHECKSUM_LENGTH];
        LONGS.set(salted, 0, salt);
        System.arraycopy(bytes, frame, salted, Long.BYTES, FLUSH_LENGTH - CHECKSUM_LENGTH);
        return Crc32c.of(salted, 0, salted.length);
    }
}
