package io.trellisdb.coordination.partition;

import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.MetadataCommit;
import io.trellisdb.coordination.MetadataImage;
import io.trellisdb.coordination.MetadataRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows as records under {@code partition/00000} and so on:
 *
 * <pre>
 *   version u8 = 1 · partition u32 · term u64 · version u64 · flags u8 (1: has owner, 2: lost data)
 *   · [owner] · in sync count varint · replica* · catch-up count varint · replica*
 *   replica := node u32 · incarnation u32
 * </pre>
 */
public final class PartitionRecords {
    public static final String PREFIX = "partition/";
    public static final int PARTITIONS_MAX = 32_768;

    private static final int FORMAT_VERSION = 1;
    private static final int HAS_OWNER = 1;
    private static final int LOST_DATA = 2;
    private static final int REPLICA_LENGTH = 8;

    private PartitionRecords() {}

    public static String key(int partition) {
        return PREFIX + String.format(Locale.ROOT, "%05d", partition);
    }

    public static byte[] encode(PartitionRow row) {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(FORMAT_VERSION);
        writer.writeInt(row.partition());
        writer.writeLong(row.term());
        writer.writeLong(row.version());
        Replica owner = row.ownerReplica();
        writer.writeByte((owner == null ? 0 : HAS_OWNER) | (row.lostData() ? LOST_DATA : 0));
        if (owner != null) {
            write(writer, owner);
        }
        write(writer, row.inSync());
        write(writer, row.catchUp());
        return writer.toByteArray();
    }

    public static PartitionRow decode(byte[] bytes) {
        ByteReader reader = ByteReader.ofStored(bytes);
        int format = reader.readUnsignedByte();
        if (format != FORMAT_VERSION) {
            throw reader.failure("partition row has an unknown version: " + format);
        }
        int partition = reader.readInt();
        long term = reader.readLong();
        long version = reader.readLong();
        int flags = reader.readUnsignedByte();
        try {
            Replica owner = (flags & HAS_OWNER) == 0 ? null : readReplica(reader);
            PartitionRow row = new PartitionRow(
                    partition,
                    term,
                    version,
                    owner,
                    readReplicas(reader),
                    readReplicas(reader),
                    (flags & LOST_DATA) != 0);
            reader.expectEnd();
            return row;
        } catch (IllegalArgumentException e) {
            throw reader.failure("partition row makes no sense: " + e.getMessage());
        }
    }

    /** The rows of an image, the row of partition {@code i} at index {@code i}; empty before the table was first written. */
    public static List<PartitionRow> read(MetadataImage image) {
        List<PartitionRow> rows = new ArrayList<>();
        for (MetadataRecord each : image.records()) {
            if (each.key().startsWith(PREFIX)) {
                PartitionRow row = decode(each.value());
                if (row.partition() != rows.size()) {
                    throw new TrellisException(
                            ErrorCode.DATA_CORRUPTED, "partition table has a gap: partition " + rows.size());
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /**
     * The commit by which a lone node takes all partitions under new terms, from the table as it is.
     *
     * @param image of {@link #PREFIX}
     * @param partitions how many there shall be
     * @throws TrellisException INVALID_CONFIGURATION when the table has another number, or a partition belongs to another node
     */
    public static MetadataCommit takeAll(MetadataImage image, Epoch epoch, Replica self, int partitions) {
        if (partitions < 1 || partitions > PARTITIONS_MAX) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "number of partitions is out of range: " + partitions + ", at most " + PARTITIONS_MAX);
        }
        List<PartitionRow> rows = read(image);
        if (!rows.isEmpty() && rows.size() != partitions) {
            throw new TrellisException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "number of partitions is fixed when the database is made: it has " + rows.size() + ", not "
                            + partitions);
        }
        MetadataCommit.Builder commit = MetadataCommit.builder();
        for (int partition = 0; partition < partitions; partition++) {
            PartitionRow row;
            if (rows.isEmpty()) {
                row = PartitionRow.single(partition, epoch.number(), self);
                commit.expectAbsent(key(partition));
            } else {
                PartitionRow before = rows.get(partition);
                if (!self.equals(before.ownerReplica())) {
                    throw new TrellisException(
                            ErrorCode.INVALID_CONFIGURATION,
                            "partition belongs to another node: partition " + partition + ", owner "
                                    + before.ownerReplica());
                }
                row = before.reactivated(Math.max(before.term() + 1, epoch.number()));
                commit.expect(image.records().get(partition));
            }
            commit.put(key(partition), encode(row));
        }
        return commit.build();
    }

    /** The table as clients and nodes route by it. */
    public static PartitionTable table(MetadataImage image, List<NodeAddress> nodes) {
        List<PartitionTable.Row> rows = new ArrayList<>();
        for (PartitionRow row : read(image)) {
            int owner = row.owner().map(Replica::node).orElse(0);
            List<Integer> backups = row.inSync().stream()
                    .map(Replica::node)
                    .filter(node -> node != owner)
                    .toList();
            rows.add(new PartitionTable.Row(owner, row.term(), backups));
        }
        return new PartitionTable(image.revision(), nodes, rows);
    }

    private static void write(ByteWriter writer, List<Replica> replicas) {
        writer.writeVarInt(replicas.size());
        replicas.forEach(replica -> write(writer, replica));
    }

    private static void write(ByteWriter writer, Replica replica) {
        writer.writeInt(replica.node());
        writer.writeInt(replica.incarnation());
    }

    private static List<Replica> readReplicas(ByteReader reader) {
        int count = reader.readCount(REPLICA_LENGTH);
        List<Replica> replicas = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            replicas.add(readReplica(reader));
        }
        return replicas;
    }

    private static Replica readReplica(ByteReader reader) {
        return new Replica(reader.readInt(), reader.readInt());
    }
}
