package io.trellisdb.storage.block;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.fuzz.Harmless;
import java.util.ArrayList;
import java.util.List;

/** Aggregates as headers hold them; the first byte chooses the type. */
public final class AggregateFuzz {
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(1024 * 1024, 64);

    private AggregateFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        DataType type = RandomColumns.TYPES.get((data[0] & 0xFF) % RandomColumns.TYPES.size());
        HARMLESS.decode(data, () -> decode(data, 1, type))
                // of what no encoder writes, the first encoding leaves out what means nothing
                .map(aggregate -> encode(aggregate))
                .map(bytes -> decode(bytes, 0, type))
                .ifPresent(aggregate ->
                        Harmless.requireStable(aggregate, AggregateFuzz::encode, bytes -> decode(bytes, 0, type)));
    }

    private static ColumnAggregate decode(byte[] bytes, int from, DataType type) {
        return ColumnAggregate.decode(ByteReader.ofStored(bytes, from, bytes.length - from), type);
    }

    private static byte[] encode(ColumnAggregate aggregate) {
        ByteWriter out = new ByteWriter();
        aggregate.encode(out);
        return out.toByteArray();
    }

    public static List<byte[]> seeds() {
        RandomColumns random = new RandomColumns(12);
        List<byte[]> seeds = new ArrayList<>();
        for (int type = 0; type < RandomColumns.TYPES.size(); type++) {
            for (int rows : new int[] {0, 1, 50}) {
                ColumnVector column = random.column(RandomColumns.TYPES.get(type), rows);
                ColumnAggregate aggregate = ColumnAggregate.of(column.type());
                aggregate.add(column, 0, rows);
                byte[] bytes = encode(aggregate);
                byte[] seed = new byte[bytes.length + 1];
                seed[0] = (byte) type;
                System.arraycopy(bytes, 0, seed, 1, bytes.length);
                seeds.add(seed);
            }
        }
        return seeds;
    }
}
