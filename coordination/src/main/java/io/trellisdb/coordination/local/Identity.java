package io.trellisdb.coordination.local;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.NodeId;
import java.util.UUID;

/** The bytes of the records that a lone node writes about itself; each begins with a version, now 1. */
final class Identity {
    static final String CLUSTER_KEY = "setting/cluster";
    static final String NODE_KEY = "node/1";
    /** Written only by the service itself: it is what fences. */
    static final String EPOCH_KEY = "epoch";

    private static final int VERSION = 1;

    private Identity() {}

    static byte[] encode(ClusterId cluster) {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        write(writer, cluster.id());
        return writer.toByteArray();
    }

    static ClusterId decodeCluster(byte[] bytes) {
        ByteReader reader = open(bytes);
        ClusterId cluster = new ClusterId(readUuid(reader));
        reader.expectEnd();
        return cluster;
    }

    static byte[] encode(NodeId node) {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        write(writer, node);
        return writer.toByteArray();
    }

    static NodeId decodeNode(byte[] bytes) {
        ByteReader reader = open(bytes);
        NodeId node = readNode(reader);
        reader.expectEnd();
        return node;
    }

    static byte[] encode(Epoch epoch) {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeLong(epoch.number());
        write(writer, epoch.leader());
        write(writer, epoch.nonce());
        return writer.toByteArray();
    }

    static Epoch decodeEpoch(byte[] bytes) {
        ByteReader reader = open(bytes);
        Epoch epoch = new Epoch(reader.readLong(), readNode(reader), readUuid(reader));
        reader.expectEnd();
        return epoch;
    }

    private static ByteReader open(byte[] bytes) {
        ByteReader reader = ByteReader.ofStored(bytes);
        int version = reader.readUnsignedByte();
        if (version != VERSION) {
            throw reader.failure("metadata record has an unknown version: " + version);
        }
        return reader;
    }

    private static void write(ByteWriter writer, NodeId node) {
        write(writer, node.id());
        writer.writeInt(node.incarnation());
    }

    private static NodeId readNode(ByteReader reader) {
        return new NodeId(readUuid(reader), reader.readInt());
    }

    private static void write(ByteWriter writer, UUID uuid) {
        writer.writeLong(uuid.getMostSignificantBits());
        writer.writeLong(uuid.getLeastSignificantBits());
    }

    private static UUID readUuid(ByteReader reader) {
        return new UUID(reader.readLong(), reader.readLong());
    }
}
