package io.trellisdb.testing.codec;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.fuzz.Harmless;
import java.util.ArrayList;
import java.util.List;

/** Batches with types; the first byte says who is believed to have written them. */
public final class BatchFuzz {
    private static final Harmless STORED =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(2L * BatchCodec.MAX_EXPANSION, 256);
    private static final Harmless RECEIVED = Harmless.failingWith(
                    ErrorCode.PROTOCOL_VIOLATION, ErrorCode.INVALID_UTF8, ErrorCode.STRING_TOO_LONG)
            .allocating(2L * BatchCodec.MAX_EXPANSION, 256);

    private BatchFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        boolean isStored = data.length == 0 || data[0] == 0;
        (isStored ? STORED : RECEIVED)
                .decode(data, () -> decode(data, isStored))
                .ifPresent(batch -> Harmless.requireStable(batch, BatchFuzz::encode, BatchFuzz::decode));
    }

    private static Batch decode(byte[] data, boolean isStored) {
        int start = Math.min(1, data.length);
        return isStored
                ? BatchCodec.decodeWithTypes(
                        ByteReader.ofStored(data, start, data.length - start), BatchCodec.Origin.TRELLIS)
                : BatchCodec.decodeWithTypes(
                        ByteReader.ofWire(data, start, data.length - start), BatchCodec.Origin.CLIENT);
    }

    private static byte[] encode(Batch batch) {
        ByteWriter out = new ByteWriter();
        BatchCodec.encodeWithTypes(out, batch);
        return out.toByteArray();
    }

    private static Batch decode(byte[] bytes) {
        return BatchCodec.decodeWithTypes(ByteReader.ofStored(bytes), BatchCodec.Origin.TRELLIS);
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int rows : new int[] {0, 1, 3, 70}) {
            for (DataType type : Samples.types()) {
                seeds.add(Samples.prefixed(rows & 1, encode(Samples.column(type, rows, rows > 1))));
                seeds.add(Samples.prefixed(0, encode(Samples.column(DataType.array(type), rows, false))));
            }
        }
        seeds.add(Samples.prefixed(0, encode(Samples.batch(Samples.types(), 5, true))));
        seeds.add(Samples.prefixed(1, encode(Samples.batch(Samples.types(), 5, false))));
        return seeds;
    }
}
