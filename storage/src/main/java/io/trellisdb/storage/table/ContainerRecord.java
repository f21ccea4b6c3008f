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
 * record := version · row slot · since · floor zigzag · count · (index · slot · state (1))…
 * </pre>
 *
 * Numbers are varints.
 *
 * @param version of the current descriptor
 * @param sinceLsn of the entry that gave the container this slot: what rows came before are in another one
 * @param floor rows of a time series with an earlier timestamp are gone; {@link #NO_FLOOR} when there is none
 */
record ContainerRecord(int version, int rowSlot, long sinceLsn, long floor, List<IndexRecord> indexes) {
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
        out.writeVarLong(sinceLsn);
        out.writeZigZagLong(floor);
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
        long sinceLsn = in.readVarLong();
        long floor = in.readZigZagLong();
        int count = in.readCount(3);
        List<IndexRecord> indexes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            indexes.add(new IndexRecord(in.readVarLong(), in.readVarInt(), ContainerCodec.decodeState(in)));
        }
        in.expectEnd();
        return new ContainerRecord(version, rowSlot, sinceLsn, floor, indexes);
    }
}
