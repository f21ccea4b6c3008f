package io.trellisdb.storage;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as bytes, in the journal and beside their tokens.
 *
 * <pre>
 * result := update count · 0 | 1 · batch with types · count · positions
 * </pre>
 *
 * Numbers are varints.
 */
public final class StoredResultCodec {
    private StoredResultCodec() {}

    public static void encode(ByteWriter out, StoredResult result) {
        out.writeVarLong(result.updateCount());
        Batch returning = result.returning();
        if (returning == null) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1);
        BatchCodec.encodeWithTypes(out, returning);
        out.writeVarInt(result.rowPositions().size());
        for (int position : result.rowPositions()) {
            out.writeVarInt(position);
        }
    }

    /** Damage fails with the reader's code. */
    public static StoredResult decode(ByteReader in) {
        long updateCount = in.readVarLong();
        if (!in.readBoolean()) {
            return StoredResult.ofCount(updateCount);
        }
        Batch returning = BatchCodec.decodeWithTypes(in, BatchCodec.Origin.TRELLIS);
        int count = in.readCount(1);
        List<Integer> positions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            positions.add(in.readVarInt());
        }
        return new StoredResult(updateCount, returning, positions);
    }
}
