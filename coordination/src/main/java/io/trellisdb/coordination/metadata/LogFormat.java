package io.trellisdb.coordination.metadata;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.coordination.MetadataChange;
import io.trellisdb.coordination.MetadataRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** The bytes of the metadata log, of its entries and images; the package documentation draws them. */
public final class LogFormat {
    static final int VERSION = 1;
    static final int HEADER_LENGTH = 16;
    static final int FRAME_HEADER_LENGTH = 21;
    static final int IMAGE = 1;
    static final int COMMIT = 2;
    static final int CLOSED = 3;

    private static final byte[] FILE_MAGIC = "TRELLISM".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_MAGIC = 0x54524D46;
    private static final int LENGTH_OFFSET = 4;
    private static final int POSITION_OFFSET = 8;
    private static final int KIND_OFFSET = 16;
    private static final int CRC_OFFSET = 17;
    private static final int PUT = 1;
    private static final int DELETE = 2;

    private LogFormat() {}

    /**
     * All records at one revision.
     *
     * @param epoch the number of the mastership that made the last commit
     */
    public record Image(long revision, long epoch, List<MetadataRecord> records) {}

    static byte[] header() {
        ByteWriter writer = new ByteWriter();
        writer.writeBytes(FILE_MAGIC);
        writer.writeInt(VERSION);
        writer.writeInt(Crc32c.of(writer.array(), 0, writer.position()));
        return writer.toByteArray();
    }

    /** Whether these are the first bytes of a log of this version. */
    static boolean isHeader(byte[] bytes) {
        return Arrays.equals(bytes, header());
    }

    static byte[] frame(long position, int kind, byte[] payload) {
        byte[] bytes = new byte[FRAME_HEADER_LENGTH + payload.length];
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.putInt(FRAME_MAGIC);
        frame.putInt(payload.length);
        frame.putLong(position);
        frame.put((byte) kind);
        frame.putInt(0);
        frame.put(payload);
        frame.putInt(CRC_OFFSET, crc(bytes, 0, payload.length));
        return bytes;
    }

    /**
     * The payload's length of the frame at {@code offset}, or -1 if there is no whole and valid one.
     *
     * @param position of {@code offset} in the file
     */
    static int validLength(byte[] bytes, int offset, long position) {
        int remaining = bytes.length - offset - FRAME_HEADER_LENGTH;
        if (remaining < 0) {
            return -1;
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int length = frame.getInt(offset + LENGTH_OFFSET);
        boolean plausible = frame.getInt(offset) == FRAME_MAGIC
                && frame.getLong(offset + POSITION_OFFSET) == position
                && length >= 0
                && length <= remaining;
        return plausible && frame.getInt(offset + CRC_OFFSET) == crc(bytes, offset, length) ? length : -1;
    }

    static int kind(byte[] bytes, int offset) {
        return bytes[offset + KIND_OFFSET];
    }

    public static byte[] encode(Image image) {
        ByteWriter writer = new ByteWriter();
        writer.writeLong(image.revision);
        writer.writeLong(image.epoch);
        writer.writeVarInt(image.records.size());
        for (MetadataRecord each : image.records) {
            writer.writeString(each.key());
            writer.writeLong(each.revision());
            writer.writeByteArray(each.value());
        }
        return writer.toByteArray();
    }

    public static Image decodeImage(byte[] bytes, int offset, int length) {
        ByteReader reader = new ByteReader(bytes, offset, length, ErrorCode.DATA_CORRUPTED);
        long revision = reader.readLong();
        long epoch = reader.readLong();
        int count = reader.readCount(10);
        List<MetadataRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(new MetadataRecord(reader.readString(), reader.readLong(), reader.readByteArray()));
        }
        reader.expectEnd();
        return new Image(revision, epoch, records);
    }

    public static byte[] encode(LogEntry entry) {
        ByteWriter writer = new ByteWriter();
        writer.writeLong(entry.revision());
        writer.writeLong(entry.epoch());
        writer.writeVarInt(entry.changes().size());
        for (MetadataChange change : entry.changes()) {
            if (change instanceof MetadataChange.Put put) {
                writer.writeByte(PUT);
                writer.writeString(put.key());
                writer.writeByteArray(put.value());
            } else {
                writer.writeByte(DELETE);
                writer.writeString(change.key());
            }
        }
        return writer.toByteArray();
    }

    public static LogEntry decodeEntry(byte[] bytes, int offset, int length) {
        ByteReader reader = new ByteReader(bytes, offset, length, ErrorCode.DATA_CORRUPTED);
        long revision = reader.readLong();
        long epoch = reader.readLong();
        int count = reader.readCount(2);
        List<MetadataChange> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = reader.readUnsignedByte();
            String key = reader.readString();
            if (kind == PUT) {
                changes.add(new MetadataChange.Put(key, reader.readByteArray()));
            } else if (kind == DELETE) {
                changes.add(new MetadataChange.Delete(key));
            } else {
                throw reader.failure("unknown change in metadata log: " + kind);
            }
        }
        reader.expectEnd();
        return new LogEntry(revision, epoch, changes);
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, CRC_OFFSET);
        crc.update(bytes, offset + FRAME_HEADER_LENGTH, length);
        return (int) crc.getValue();
    }
}
