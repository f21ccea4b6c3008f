package io.trellisdb.testing.codec;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.RowCodec;
import io.trellisdb.common.codec.RowLayout;
import io.trellisdb.common.codec.RowLayout.LayoutColumn;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.fuzz.Harmless;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Stored rows; the first byte chooses a layout. */
public final class RowFuzz {
    /** Each of two arrays may expand, and is copied into a builder that grows. */
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(6L * BatchCodec.MAX_EXPANSION, 256);

    private static final List<List<DataType>> LAYOUTS = List.of(
            Samples.types(),
            List.of(DataType.BIGINT, DataType.TEXT, DataType.varchar(5)),
            List.of(DataType.BOOLEAN, DataType.REAL, DataType.SMALLINT, DataType.time(9), DataType.INTERVAL_MONTH),
            List.of(DataType.array(DataType.TEXT), DataType.array(DataType.BIGINT), DataType.BLOB),
            List.of(DataType.array(DataType.decimal(30, 3)), DataType.character(4), DataType.binary(3)));

    private RowFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        int choice = data.length == 0 ? 0 : (data[0] & 0xFF) % LAYOUTS.size();
        byte[] row = data.length == 0 ? data : Arrays.copyOfRange(data, 1, data.length);
        List<DataType> types = LAYOUTS.get(choice);
        RowCodec codec = codec(types);
        HARMLESS.decode(data, () -> decode(codec, types, row))
                .ifPresent(batch -> Harmless.requireStable(
                        batch, each -> encode(codec, each), bytes -> decode(codec, types, bytes)));
    }

    private static RowCodec codec(List<DataType> types) {
        return new RowCodec(RowLayout.of(
                3,
                IntStream.range(0, types.size())
                        .mapToObj(i -> new LayoutColumn(i + 1, types.get(i)))
                        .toList()));
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static Batch decode(RowCodec codec, List<DataType> types, byte[] row) {
        BatchBuilder batch = new BatchBuilder(types, 1);
        VectorBuilder[] builders = new VectorBuilder[types.size()];
        Arrays.setAll(builders, batch::column);
        codec.decodeColumns(row, 0, row.length, all(types.size()), builders);
        for (int i = 0; i < types.size(); i++) {
            codec.isNull(row, 0, row.length, i);
        }
        return batch.build();
    }

    private static byte[] encode(RowCodec codec, Batch batch) {
        ByteWriter out = new ByteWriter();
        codec.encode(out, batch, all(batch.columnCount()), 0);
        return out.toByteArray();
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int choice = 0; choice < LAYOUTS.size(); choice++) {
            List<DataType> types = LAYOUTS.get(choice);
            RowCodec codec = codec(types);
            seeds.add(Samples.prefixed(choice, encode(codec, Samples.batch(types, 1, false))));
        }
        return seeds;
    }
}
