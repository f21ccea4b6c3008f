package io.trellisdb.storage.table;

import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.ContainerCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a partition keeps of a container besides its descriptors.
 *
 * <pre>
 * record := version · row slot · floor zigzag · 0 | 1 (rows under the floor are all removed)
 *         · count · (index · slot · state (1))…
 * </pre>
 *
 * Numbers are varints.
 *
 * @param version of the current descriptor
 * @param floor rows of a time series with an earlier timestamp are gone; {@link #NO_FLOOR} when there is none
 * @param isSwept whether no row under the floor is left in the keyspace
 */
record ContainerRecord(int version, int rowSlot, long floor, boolean isSwept, List<IndexRecord> indexes) {
    static final long NO_FLOOR = Long.MIN_VALUE;

    /** Where an index's entries lie, and how far it is built. */
    record IndexRecord(long indexId, int slot, IndexDescriptor.State state) {}

    ContainerRecord {
        indexes = List.copyOf(indexes);
    }

    Optional<IndexRecord> findIndex(long indexId) {
        return indexes.stream().filter(index -> index.indexId() == indexId).findFirst();
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter();
        out.writeVarInt(version);
        out.writeVarInt(rowSlot);
        out.writeZigZagLong(floor);
        out.writeBoolean(isSwept);
        out.writeVarInt(indexes.size());
        for (IndexRecord index : indexes) {
            out.writeVarLong(index.indexId());
            out.writeVarInt(index.slot());
            ContainerCodec.encodeState(out, index.state());
        }
        return out.toByteArray();
    }

    static ContainerRecord decode(byte[] bytes) {
        ByteReader in = ByteReader.ofStored(bytes);
        int version = in.readVarInt();
        int rowSlot = in.readVarInt();
        long floor = in.readZigZagLong();
        boolean isSwept = in.readBoolean();
        int count = in.readCount(3);
        List<IndexRecord> indexes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            indexes.add(new IndexRecord(in.readVarLong(), in.readVarInt(), ContainerCodec.decodeState(in)));
        }
        in.expectEnd();
        return new ContainerRecord(version, rowSlot, floor, isSwept, indexes);
    }
}
