package io.trellisdb.coordination.fencing;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.NodeId;
import java.time.Instant;
import java.util.UUID;

/**
 * One mastership as it stands in the epoch table; the package documentation draws its bytes.
 *
 * @param previous the epoch before it in the table; 0 for the first
 * @param groupName the leader's name in the group that replicates the table
 * @param confirmations how often an unknown outcome had to be confirmed
 */
public record EpochRow(Epoch epoch, long previous, String groupName, Instant created, int confirmations) {
    private static final int VERSION = 1;
    private static final int CRC_LENGTH = 4;

    public EpochRow {
        if (epoch.number() <= previous || previous < 0) {
            throw new IllegalArgumentException("epoch must exceed its predecessor: " + epoch + ", " + previous);
        }
    }

    public long number() {
        return epoch.number();
    }

    /** Whether the row was written by that attempt. */
    public boolean isOf(UUID nonce) {
        return epoch.nonce().equals(nonce);
    }

    EpochRow confirmed() {
        return new EpochRow(epoch, previous, groupName, created, confirmations + 1);
    }

    public byte[] encode() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeLong(epoch.number());
        writer.writeLong(previous);
        write(writer, epoch.leader().id());
        writer.writeInt(epoch.leader().incarnation());
        write(writer, epoch.nonce());
        writer.writeString(groupName);
        writer.writeLong(created.toEpochMilli());
        writer.writeInt(confirmations);
        writer.writeInt(Crc32c.of(writer.array(), 0, writer.position()));
        return writer.toByteArray();
    }

    /**
     * The row under a key.
     *
     * @param number the key
     * @throws TrellisException DATA_CORRUPTED unless the bytes are a whole row of that epoch
     */
    public static EpochRow decode(long number, byte[] bytes) {
        ByteReader reader = ByteReader.ofStored(bytes);
        int covered = bytes.length - CRC_LENGTH;
        if (covered < 1
                || Crc32c.of(bytes, 0, covered)
                        != ByteReader.ofStored(bytes, covered, CRC_LENGTH).readInt()) {
            throw damaged(number, "checksum");
        }
        int version = reader.readUnsignedByte();
        if (version != VERSION) {
            throw damaged(number, "unknown version " + version);
        }
        try {
            long stored = reader.readLong();
            long previous = reader.readLong();
            NodeId leader = new NodeId(readUuid(reader), reader.readInt());
            Epoch epoch = new Epoch(stored, leader, readUuid(reader));
            EpochRow row = new EpochRow(
                    epoch, previous, reader.readString(), Instant.ofEpochMilli(reader.readLong()), reader.readInt());
            if (stored != number || reader.remaining() != CRC_LENGTH) {
                throw damaged(number, "row of epoch " + stored);
            }
            return row;
        } catch (IllegalArgumentException e) {
            throw damaged(number, String.valueOf(e.getMessage()));
        }
    }

    private static TrellisException damaged(long number, String what) {
        return new TrellisException(
                ErrorCode.DATA_CORRUPTED, "row of the epoch table is damaged: epoch " + number + ", " + what);
    }

    private static void write(ByteWriter writer, UUID uuid) {
        writer.writeLong(uuid.getMostSignificantBits());
        writer.writeLong(uuid.getLeastSignificantBits());
    }

    private static UUID readUuid(ByteReader reader) {
        return new UUID(reader.readLong(), reader.readLong());
    }
}
