package io.trellisdb.storage.table;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.codec.XxHash64;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.ImagePosition;
import io.trellisdb.storage.keyspace.KeyspaceKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of an image.
 *
 * <pre>
 * chunk := 1 (format) · image id (8) · number (4) · 0 | 1 (the last one) · kind (1) · usable from LSN (8)
 *          · count · (length · key · length · value)… · CRC-32C of all before (4)
 * </pre>
 *
 * Counts and lengths are varints. Kinds are those of keyspaces, in the order ROWS, BLOCKS, STATE; keys rise.
 *
 * @param usableFrom the entry that must be applied before the image is read, as far as this chunk knows
 * @param after where reading goes on behind this chunk: the last key, or for a block the key of its last row
 */
record ImageChunk(
        long imageId,
        int number,
        boolean isLast,
        KeyspaceKind kind,
        long usableFrom,
        byte[] after,
        List<Entry> entries) {
    private static final int FORMAT = 1;
    private static final int CHECKSUM_LENGTH = Integer.BYTES;

    /** A record of a keyspace. */
    record Entry(byte[] key, byte[] value) {}

    ImageChunk {
        entries = List.copyOf(entries);
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.writeByte(FORMAT);
        out.writeLong(imageId);
        out.writeInt(number);
        out.writeBoolean(isLast);
        out.writeByte(kind.code());
        out.writeLong(usableFrom);
        write(out, after);
        out.writeVarInt(entries.size());
        for (Entry entry : entries) {
            write(out, entry.key());
            write(out, entry.value());
        }
        out.writeInt(Crc32c.of(out.array(), 0, out.position()));
        return out.toByteArray();
    }

    private static void write(ByteWriter out, byte[] bytes) {
        out.writeVarInt(bytes.length);
        out.writeBytes(bytes);
    }

    static ImageChunk decode(byte[] bytes) {
        int length = bytes.length - CHECKSUM_LENGTH;
        if (length < 1
                || ByteReader.ofStored(bytes, length, CHECKSUM_LENGTH).readInt() != Crc32c.of(bytes, 0, length)) {
            throw new TrellisException(
                    ErrorCode.DATA_CORRUPTED, "chunk of an image is damaged: " + bytes.length + " bytes");
        }
        ByteReader in = ByteReader.ofStored(bytes, 0, length);
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw in.failure("chunk of an image has another format: " + format);
        }
        long imageId = in.readLong();
        int number = in.readInt();
        boolean isLast = in.readBoolean();
        int code = in.readUnsignedByte();
        if (code >= KeyspaceKind.count()) {
            throw in.failure("chunk of an image has an unknown kind: " + code);
        }
        long usableFrom = in.readLong();
        byte[] after = read(in);
        int count = in.readCount(2);
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(read(in), read(in)));
        }
        in.expectEnd();
        return new ImageChunk(imageId, number, isLast, KeyspaceKind.ofCode(code), usableFrom, after, entries);
    }

    private static byte[] read(ByteReader in) {
        return in.readBytes(in.readCount(1));
    }

    /** The position behind this chunk, which is encoded in these bytes. */
    ImagePosition behind(ImagePosition before, byte[] encoded) {
        ByteWriter digest = new ByteWriter(2 * Long.BYTES);
        digest.writeLong(before.digest());
        digest.writeLong(XxHash64.hash(encoded));
        return new ImagePosition(number + 1, kind.code(), after, XxHash64.hash(digest.toByteArray()), isLast);
    }
}
