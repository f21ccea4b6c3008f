package io.trellisdb.coordination.bdbje;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.vfs.Vfs;
import io.trellisdb.common.vfs.VfsFile;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.NodeId;
import io.trellisdb.coordination.membership.MemberRecords;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who this node is, in the file {@code node.place}. It outlives the environment: a node with this file and without metadata has
 * lost them, and must not come back under the same name.
 *
 * <pre>
 *   version u8 = 1 · node (uuid u128 · incarnation u32) · cluster u128 · address · voter u8 · count varint · address*
 *   · CRC-32C u32 of all before
 * </pre>
 */
final class PlaceFile {
    static final String FILE = "node.place";
    private static final String NEW_FILE = "node.place.new";
    private static final int VERSION = 1;
    private static final int CRC_LENGTH = 4;
    private static final int LENGTH_MAX = 1 << 20;
    private static final int ADDRESS_LENGTH_MIN = 4;

    private final Vfs directory;

    PlaceFile(Vfs directory) {
        this.directory = directory;
    }

    /** The place; empty where there is no file. DATA_CORRUPTED when it is not whole. */
    Optional<GroupPlace> read() {
        if (!directory.exists(FILE)) {
            return Optional.empty();
        }
        try (VfsFile file = directory.openReadOnly(FILE)) {
            int length = (int) Math.min(file.size(), LENGTH_MAX);
            byte[] bytes = new byte[length];
            int covered = length - CRC_LENGTH;
            boolean isWhole = file.read(ByteBuffer.wrap(bytes), 0) == length
                    && covered > 0
                    && ByteReader.ofStored(bytes, covered, CRC_LENGTH).readInt() == Crc32c.of(bytes, 0, covered);
            if (!isWhole) {
                throw new TrellisException(ErrorCode.DATA_CORRUPTED, "file of the node's identity is damaged: " + FILE);
            }
            return Optional.of(decode(ByteReader.ofStored(bytes, 0, covered)));
        }
    }

    /** Returns when the place is durable. */
    void write(GroupPlace place) {
        directory.delete(NEW_FILE);
        try (VfsFile file = directory.create(NEW_FILE)) {
            file.write(ByteBuffer.wrap(encode(place)), 0);
            file.force();
        }
        directory.rename(NEW_FILE, FILE);
        directory.forceDirectory("");
    }

    private static byte[] encode(GroupPlace place) {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        MemberRecords.write(writer, place.self());
        MemberRecords.write(writer, place.cluster().id());
        MemberRecords.write(writer, place.address());
        writer.writeBoolean(place.isVoter());
        writer.writeVarInt(place.helpers().size());
        place.helpers().forEach(helper -> MemberRecords.write(writer, helper));
        writer.writeInt(Crc32c.of(writer.array(), 0, writer.position()));
        return writer.toByteArray();
    }

    private static GroupPlace decode(ByteReader reader) {
        int version = reader.readUnsignedByte();
        if (version != VERSION) {
            throw reader.failure("file of the node's identity has an unknown version: " + version);
        }
        NodeId self = MemberRecords.readNode(reader);
        ClusterId cluster = new ClusterId(MemberRecords.readUuid(reader));
        HostPort address = MemberRecords.readAddress(reader);
        boolean isVoter = reader.readBoolean();
        Set<HostPort> helpers = new HashSet<>();
        for (int left = reader.readCount(ADDRESS_LENGTH_MIN); left > 0; left--) {
            helpers.add(MemberRecords.readAddress(reader));
        }
        reader.expectEnd();
        return new GroupPlace(self, cluster, address, isVoter, helpers);
    }
}
