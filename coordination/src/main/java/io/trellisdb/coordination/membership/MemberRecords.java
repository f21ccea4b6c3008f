package io.trellisdb.coordination.membership;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.coordination.ClusterId;
import io.trellisdb.coordination.HostPort;
import io.trellisdb.coordination.Member;
import io.trellisdb.coordination.MemberRole;
import io.trellisdb.coordination.MemberState;
import io.trellisdb.coordination.MembershipView;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import io.trellisdb.coordination.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Members as records; the package documentation draws them. */
public final class MemberRecords {
    public static final String PREFIX = "node/";
    /** The record that holds the cluster's id: version u8 = 1 · uuid u128. */
    public static final String CLUSTER_KEY = "setting/cluster";

    private static final int VERSION = 1;
    private static final int MIN_SERVICE_LENGTH = 4;

    private MemberRecords() {}

    public static String key(NodeId id) {
        return PREFIX + id;
    }

    public static byte[] encode(ClusterId cluster) {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        write(writer, cluster.id());
        return writer.toByteArray();
    }

    public static byte[] encode(Member member) {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        write(writer, member);
        return writer.toByteArray();
    }

    public static Member decode(byte[] bytes) {
        ByteReader reader = ByteReader.ofStored(bytes);
        int version = reader.readUnsignedByte();
        if (version != VERSION) {
            throw reader.failure("member record has an unknown version: " + version);
        }
        Member member = readMember(reader);
        reader.expectEnd();
        return member;
    }

    public static void write(ByteWriter writer, Member member) {
        write(writer, member.id());
        writer.writeInt(member.number());
        write(writer, member.coordination());
        writer.writeVarInt(member.services().size());
        new TreeMap<>(member.services()).forEach((name, address) -> {
            writer.writeString(name);
            write(writer, address);
        });
        writer.writeString(member.zone());
        writer.writeString(member.role().name());
        writer.writeString(member.state().name());
        writer.writeLong(member.since().toEpochMilli());
    }

    public static Member readMember(ByteReader reader) {
        try {
            NodeId id = readNode(reader);
            int number = reader.readInt();
            HostPort coordination = readAddress(reader);
            Map<String, HostPort> services = new HashMap<>();
            for (int left = reader.readCount(MIN_SERVICE_LENGTH); left > 0; left--) {
                services.put(reader.readString(), readAddress(reader));
            }
            return new Member(
                    id,
                    number,
                    coordination,
                    services,
                    reader.readString(),
                    MemberRole.valueOf(reader.readString()),
                    MemberState.valueOf(reader.readString()),
                    Instant.ofEpochMilli(reader.readLong()));
        } catch (IllegalArgumentException e) {
            throw reader.failure("member makes no sense: " + e.getMessage());
        }
    }

    public static void write(ByteWriter writer, NodeId id) {
        write(writer, id.id());
        writer.writeInt(id.incarnation());
    }

    public static NodeId readNode(ByteReader reader) {
        return new NodeId(readUuid(reader), reader.readInt());
    }

    public static void write(ByteWriter writer, HostPort address) {
        writer.writeString(address.host());
        writer.writeShort(address.port());
    }

    public static HostPort readAddress(ByteReader reader) {
        return new HostPort(reader.readString(), reader.readUnsignedShort());
    }

    public static void write(ByteWriter writer, UUID uuid) {
        writer.writeLong(uuid.getMostSignificantBits());
        writer.writeLong(uuid.getLeastSignificantBits());
    }

    public static UUID readUuid(ByteReader reader) {
        return new UUID(reader.readLong(), reader.readLong());
    }

    /** The members that have not been removed. */
    public static MembershipView view(MetadataImage image) {
        List<Member> members = new ArrayList<>();
        for (MetadataRecord record : image.records()) {
            Member member = decode(record.value());
            if (member.isPresent()) {
                members.add(member);
            }
        }
        members.sort(Comparator.comparingInt(Member::number)
                .thenComparingInt(member -> member.id().incarnation()));
        return new MembershipView(image.revision(), members);
    }
}
